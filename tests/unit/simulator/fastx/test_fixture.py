"""What the fixture of the plugins' tests insists on."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.fastx_servers import CODE, PASSWORD

from .conftest import Api


def test_a_login_that_is_left_behind_and_a_broken_rule_fail_the_test(fastx):
    simulated = fastx()
    api = Api(simulated.server)
    api.log_in()
    with pytest.raises(AssertionError):
        simulated.check_violations()
    api.do("user/logout")
    simulated.check_violations()
    api.raw("PUT", "/v3/api")
    with pytest.raises(AssertionError):
        simulated.check_violations()
    simulated.expected_violations = ("must be GET or POST",)
    simulated.check_violations()


def test_what_no_run_may_print_is_known(fastx):
    simulated = fastx(signature="blob")
    api = Api(simulated.server)
    token = api.log_in()
    password = api.do("session/connect", id="nightly")["password"]
    assert simulated.secrets >= {PASSWORD, CODE} and simulated.options["password"] == PASSWORD
    assert simulated.shared_tokens() == {token, password, "key-of-the-nightly"}
    simulated.reveals = True
    assert simulated.shared_tokens() == {token}
    api.do("user/logout")
    assert (
        simulated.wrote() == ["/v3/api/session/connect"]
        and simulated.server.switches.signature == "blob"
    )
