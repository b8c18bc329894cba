"""The imitation of cmd: what a wrapper around a command may rely on, and where it fails as the
original does.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from .conftest import PRESS


def lines(*texts):
    return "".join(f"{text}\r\n" for text in texts)


@pytest.mark.parametrize(
    ("script", "printed"),
    [
        ("echo one\necho  two ", ["one", " two "]),
        ("echo one & echo two", ["one ", "two"]),
        ("@echo off\necho x", ["x"]),
        ("echo.\necho(\necho.x", ["", "", "x"]),
        ("echo", ["ECHO is off."]),
        ("hostname", ["PRESS"]),
        ("rem a & echo b\n:: c\n:label\necho d", ["d"]),
        ('echo "a & b" ^& c^|d', ['"a & b" & c|d']),
        ("echo a^\nb", ["ab"]),
        ("cmd /c exit 5\necho %ERRORLEVEL%", ["5"]),
        ("cmd /c exit 5 & echo %ERRORLEVEL%", ["0"]),
        ("cmd /c exit 5 & call echo %%ERRORLEVEL%%", ["5"]),
        ('cmd /v:on /c "cmd /c exit 5 & echo !ERRORLEVEL!"', ["5"]),
        ('cmd /d /s /c "echo a & exit 7"\necho %errorlevel%', ["a ", "7"]),
        ("setlocal EnableDelayedExpansion\ncmd /c exit 2 & echo !errorlevel!", ["2"]),
        ("(cmd /c exit 5\necho %ERRORLEVEL%)", ["0"]),
        ("cmd /c exit 5 && echo yes || echo no", ["no"]),
        ("ver >nul && echo yes || echo no", ["yes "]),
        ("exit /b 3\necho not reached", []),
        ("exit 3\necho not reached", []),
        ('cmd /c "exit /b 3"\necho %ERRORLEVEL%', ["3"]),
        ('set X=a b\nset "Y=c"\necho %X%-%y%-%Z%-100%%', ["a b-c--100%"]),
        ("set X=1\nset X=\necho [%X%]", ["[]"]),
        ("if exist C:\\Data\\orders.txt echo there", ["there"]),
        ('if not exist "C:\\Data\\none.txt" (echo a\necho b) else (echo c)', ["a", "b"]),
        ("if exist C:\\Data (\n  echo in\n) else (\n  echo out\n)\necho end", ["in", "end"]),
        ('if "a"=="A" (echo same) else echo other', ["other"]),
        ('if /i "a"=="A" echo same', ["same"]),
        (
            "cmd /c exit 4\nif errorlevel 4 echo four\nif not errorlevel 5 echo less",
            ["four", "less"],
        ),
        ("cmd /c exit 4\nif %ERRORLEVEL% NEQ 0 echo failed", ["failed"]),
        ("if defined COMPUTERNAME echo %COMPUTERNAME%", ["PRESS"]),
        ("goto end\necho skipped\n:end\necho end", ["end"]),
        ("call :sub\necho %R%\nexit /b\n:sub\nset R=back\nexit /b 6", ["back"]),
        ("echo hidden>nul\necho shown 1>&2\necho gone 1>&2 2>nul", ["shown ", "gone  "]),
        ("nosuch 2>nul\necho %ERRORLEVEL%", ["9009"]),
        (
            "echo text>C:\\t.txt\ntype C:\\t.txt\ndel C:\\t.txt\nif not exist C:\\t.txt echo gone",
            ["text", "gone"],
        ),
        (
            "(echo one\necho two)>C:\\t.txt\necho three>>C:\\t.txt\ntype C:\\t.txt",
            ["one", "two", "three"],
        ),
        ("type C:\\Data\\orders.txt", ["one", "two"]),
        (
            "> C:\\Windows\\TEMP\\run.cmd echo exit /b 9\ncall C:\\Windows\\TEMP\\run.cmd\necho %ERRORLEVEL%",
            ["9"],
        ),
        ("echo @echo in>run.cmd\nrun.cmd\necho not reached", ["in"]),
        ("echo exit 8 >run.cmd\ncmd /c run.cmd\necho %ERRORLEVEL%", ["8"]),
        (
            "powershell -NoProfile -Command \"Write-Output 'a b'; exit 3\"\necho %ERRORLEVEL%",
            ["a b", "3"],
        ),
        ("<nul set /p =text\necho.more", ["textmore"]),
        ("powershell -EncodedCommand ZQB4AGkAdAAgADYA\necho %ERRORLEVEL%", ["6"]),
        ("echo %ERRORLEVEL%>nul", ["ECHO is off."]),
        ("echo (a)\n(echo b) & echo c", ["(a)", "b", "c"]),
        ("chcp 65001 >nul\ntitle x\ncd", ["C:\\Windows\\system32"]),
    ],
)
def test_a_batch_file_prints_what_cmd_prints(api, script, printed):
    assert api.run(PRESS, script) == lines(*printed)


def test_a_program_that_does_not_exist_is_told_and_leaves_9009(api):
    printed = api.run(PRESS, "nosuch /x\necho %ERRORLEVEL%")
    assert printed == lines(
        "'nosuch' is not recognized as an internal or external command,",
        "operable program or batch file.",
        "9009",
    )


@pytest.mark.parametrize(
    "script",
    [
        "for %%i in (1 2) do echo %%i",
        "echo a | more",
        "set /a X=1+1",
        "(echo a",
        "if a b c",
        "if exist",
        "echo %COMPUTERNAME:~0,2%",
        "cmd /k echo",
        "cd ..",
        "if exist C:\\Data (echo a) & echo b",
        "echo a &&",
        "more < C:\\Data\\orders.txt",
        "powershell -Strange x",
        "setlocal strange",
    ],
)
def test_what_is_not_understood_is_a_violation(api, script):
    assert "not simulated (cmd): " in api.run(PRESS, script)
    assert "SendCommandToSession: cmd: " in api.violation()


def test_an_unknown_label_ends_the_batch_file(api):
    assert api.run(PRESS, "goto nowhere\necho not reached") == lines(
        "The system cannot find the batch label specified."
    )


def test_an_endless_loop_is_killed(api):
    api.do("SendCommandToSession", PRESS, "#timeout=50\n:again\ngoto again")
    api.server.clock.advance(1)
    assert api.outputs(PRESS) == [lines("Killed after 50 milliseconds.")]


def test_a_batch_file_may_show_its_lines_as_they_are_run(make_api):
    api = make_api(cmd_echo=True)
    shown = "\r\nC:\\Windows\\system32>{} \r\n"
    assert (
        api.run(PRESS, "echo one\necho two")
        == shown.format("echo one") + "one\r\n" + shown.format("echo two") + "two\r\n"
    )
    assert api.run(PRESS, "@echo off\necho one") == "one\r\n"
    assert api.run(PRESS, "@echo one\r\n@exit /b 0") == "one\r\n"


def test_a_command_line_is_one_line_whose_signs_are_not_halved(make_api):
    api = make_api(cmd_runs="command_line")
    assert api.run(PRESS, "echo one\r\necho two") == "one\r\n"
    assert api.run(PRESS, "echo %NOTHING% 50%%") == "%NOTHING% 50%%\r\n"
    assert api.run(PRESS, "cmd /c exit 5 & call echo %^ERRORLEVEL%") == "5\r\n"
    assert api.run(PRESS, "(echo a & exit /b 4) & echo not reached") == "a \r\n"
