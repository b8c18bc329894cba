"""Sends recorded requests to an appliance with httpx and nothing around it, and prints the seconds
that it took; or prints a token.

Usage: python bare_appliance.py FILE CONNECTIONS. The file holds [[method, path, parameters, body],
...]; requests that follow one another with the same method are sent side by side. In place of a
file, the word token prints a new token.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import ssl
import sys
import time
from concurrent.futures import ThreadPoolExecutor


def main(file: str, connections: int) -> object:
    """Send the requests and return the seconds from importing httpx on, or return a token."""
    begun = time.perf_counter()
    import httpx

    url, account, secret, ca_path = (
        os.environ[f"BEYONDTRUST_{name}"]
        for name in ("URL", "CLIENT_ID", "CLIENT_SECRET", "CA_PATH")
    )
    client = httpx.Client(
        base_url=url,
        verify=ssl.create_default_context(cafile=ca_path),
        headers={"Accept": "application/json", "Connection": "close"},
    )
    granted = (
        client.post(
            "/oauth2/token", auth=(account, secret), data={"grant_type": "client_credentials"}
        )
        .raise_for_status()
        .json()
    )
    if file == "token":
        return granted["access_token"]
    client.cookies.clear()
    headers = {"Authorization": f"Bearer {granted['access_token']}"}
    with open(file, encoding="utf-8") as opened:
        requests = json.load(opened)

    def send(request):
        method, path, parameters, body = request
        client.request(
            method,
            path,
            params=parameters,
            headers=headers,
            **({} if body is None else {"json": body}),
        ).raise_for_status()

    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(send, requests))
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
