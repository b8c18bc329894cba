"""The imitation of PowerShell: what a wrapper around a command may rely on, and where it fails as
the original does.
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
        ("Write-Output 'one'; 'two'\n3", ["one", "two", "3"]),
        ("echo a b\nWrite-Host c d", ["a", "b", "c d"]),
        ('$x = 5; "$x ${x} $($x + 1) `$x"', ["5 5 6 $x"]),
        ("'it''s $x'", ["it's $x"]),
        ('"say ""hi"" $(\'a\' + "b")"', ['say "hi" ab']),
        ("@'\na $x 'b'\nc\n'@ -split \"`n\"", ["a $x 'b'", "c"]),
        ('$x = 1\n@"\nx is $x\n"@', ["x is 1"]),
        ('cmd /c exit 5\n"status $LASTEXITCODE $?"', ["status 5 False"]),
        ('"[$LASTEXITCODE]"', ["[]"]),
        ("cmd /c 'echo hi & exit 3'; $LASTEXITCODE", ["hi ", "3"]),
        ("$out = cmd /c 'echo one & echo two'\n$out.Count; $out[1]", ["2", "two"]),
        ("if (Test-Path C:\\Data\\orders.txt) { 'there' } else { 'gone' }", ["there"]),
        ("if ($false) {1} elseif (-not $null) {2}\nelse {3}", ["2"]),
        ("if (!(Test-Path -LiteralPath 'C:\\none')) { exit 4 }\n'not reached'", []),
        ("& { 'in'; return 1; 'not reached' }\n'out'", ["in", "1", "out"]),
        ("& { exit 3 }\n'not reached'", []),
        ("try { exit 3 } finally { 'last' }\n'not reached'", ["last"]),
        (
            "try { throw 'bad' } catch { \"caught $($_.Exception.Message)\" } finally { 'end' }",
            ["caught bad", "end"],
        ),
        ("try { nosuch } catch { $_.ToString().Substring(0, 17) }", ["The term 'nosuch'"]),
        ("$ErrorActionPreference = 'Stop'\ntry { Write-Error 'x' } catch { \"c $_\" }", ["c x"]),
        ("& ([scriptblock]::Create('cmd /c exit 6')); \"s $LASTEXITCODE\"", ["s 6"]),
        ("Invoke-Expression \"'a'`n'b'\"", ["a", "b"]),
        (
            "$t = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('aMOk'))\n$t.Length; $t",
            ["2", "h\xe4"],
        ),
        (
            "[Console]::OutputEncoding = [System.Text.Encoding]::UTF8\n[Console]::Out.WriteLine('a')\n[Console]::Write(\"b`r`n\")",
            ["a", "b"],
        ),
        ('$code = if ($null -eq $LASTEXITCODE) { 0 } else { $LASTEXITCODE }\n"rc=$code"', ["rc=0"]),
        ('powershell -NoProfile -Command "exit 7"\n$LASTEXITCODE', ["7"]),
        ("cmd /c 'nosuch' 2>&1 | ForEach-Object { \"> $_\" }", None),
        ("cmd /c nosuch 2>$null; $LASTEXITCODE", ["9009"]),
        ("'gone' | Out-Null; [void]'gone'; $null = 'gone'; 'left' > $null\n'left'", ["left"]),
        ("1, 2, 3 | ForEach-Object { $_ * 2 }", ["2", "4", "6"]),
        ('foreach ($i in 1, 2) { "i$i" }', ["i1", "i2"]),
        ("@('a', 'b') -join '+'", ["a+b"]),
        ("'{0}:{1}' -f 'a', 2", ["a:2"]),
        ("'ab' * 3; 'a' + 1; 7 % 4; 1 + 2 * 3; 10 / 4", ["ababab", "a1", "3", "7", "2.5"]),
        ("[int]'5' + 1; [int]$null; [int]$true", ["6", "0", "1"]),
        (
            "('a' -eq 'A') -and -not ('a' -ceq 'A'); 2 -gt 1; 'abc' -like 'a*'; 'abc' -match 'B.'",
            ["True"] * 4,
        ),
        ("'a-b' -replace '-', '+'", ["a+b"]),
        ("function f { 'called' }\nf", ["called"]),
        ("$x = 1; & { $x = 2 }; $x; . { $x = 3 }; $x; & { $script:x = 4 }; $x", ["1", "3", "4"]),
        ("# comment\n<# more\n#> 'x' # end", ["x"]),
        ("'a' |\n Out-String", ["a", ""]),
        ("$env:X = 'y'; \"$env:X $env:COMPUTERNAME\"", ["y PRESS"]),
        (
            "New-Item -ItemType File -Path C:\\n.txt -Force | Out-Null\nTest-Path C:\\n.txt\nRemove-Item C:\\n.txt\nTest-Path C:\\n.txt",
            ["True", "False"],
        ),
        ("Get-Content C:\\Data\\orders.txt", ["one", "two"]),
        (
            "Set-Content -Path C:\\s.ps1 -Value 'exit 2'\npowershell -File C:\\s.ps1\n$LASTEXITCODE",
            ["2"],
        ),
        ("hostname; whoami", ["PRESS", "nt authority\\system"]),
        ("if ($LASTEXITCODE -is [int]) { 'int' } else { 'none' }", ["none"]),
        ("throw 'bad'\n'not reached'", ["bad"]),
        ("nosuch\n'reached'", None),
        ("'a'.Trim().ToUpper()", ["A"]),
        ("exit [int]('1' + '2')", []),
        ("$x += 'a'; $x += 'b'; $x", ["ab"]),
        ("-5 + 2", ["-3"]),
    ],
)
def test_a_script_prints_what_powershell_prints(api, script, printed):
    output = api.run(PRESS, f"#!ps\n{script}")
    if printed is None:
        assert "not recognized" in output
    else:
        assert output == lines(*printed)


def test_its_time_is_that_of_the_clock_and_it_is_killed(api):
    api.do(
        "SendCommandToSession",
        PRESS,
        "#!ps\n'before'; Start-Sleep -Seconds 2; stock; $LASTEXITCODE",
    )
    api.server.clock.advance(5)
    assert api.outputs(PRESS) == ["before\r\ncounted\r\n4\r\n"]
    api.do(
        "SendCommandToSession",
        PRESS,
        "#timeout=1500\n#!ps\n'before'; Start-Sleep -Milliseconds 1500; 'after'",
    )
    api.server.clock.advance(2)
    assert api.outputs(PRESS)[1] == "before\r\nKilled after 1500 milliseconds.\r\n"


@pytest.mark.parametrize(
    "script",
    [
        "while ($true) { 1 }",
        "cmd /c ver && 'x'",
        "'a",
        "if (1) { 2",
        "Write-Output -Strange x",
        "[Math]::Abs(1)",
        "'x'.Strange",
        "'x' > C:\\x.txt",
        ")",
        "$x = @{ a = 1 }",
        "cmd /k ver",
        "'x' | cmd /c more",
        "try { 1 }",
        "param($x)",
        "Get-Service",
        "try { Get-Service } catch { 'there is none' }",
    ],
)
def test_what_is_not_understood_is_a_violation(api, script):
    assert "not simulated (PowerShell): " in api.run(PRESS, f"#!ps\n{script}")
    assert "SendCommandToSession: PowerShell: " in api.violation()


def test_what_an_upload_uses_is_known(api):
    """The commands with which a client writes a file piece by piece and looks at what has arrived."""
    script = (
        "$b = [Convert]::FromBase64String('aGVs')\n$p = 'C:\\In\\a.bin'\nSplit-Path $p\nSplit-Path -Leaf $p\n"
        "$f = New-Object System.IO.FileStream($p, 'Create')\n$f.Write($b, 0, $b.Length)\n$f.Close()\n"
        "$f = [IO.File]::Open($p, 'Append')\n$more = [byte[]](108, 111)\n$f.Write($more, 0, 2)\n$f.Dispose()\n"
        "(Get-FileHash -Path $p -Algorithm SHA256).Hash\n[IO.File]::ReadAllBytes($p).Length"
    )
    digest = "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824"
    assert api.run(PRESS, f"#!ps\n{script}") == f"C:\\In\r\na.bin\r\n{digest}\r\n5\r\n"


def test_bytes_that_are_no_text_keep_their_values(api):
    script = "[IO.File]::WriteAllBytes('C:\\b', [byte[]](0, 200, 255, 13))\n[Convert]::ToBase64String([IO.File]::ReadAllBytes('C:\\b'))"
    assert api.run(PRESS, f"#!ps\n{script}") == "AMj/DQ==\r\n"
    assert "Cannot convert" in api.run(PRESS, "#!ps\n[byte]256")
