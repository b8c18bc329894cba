"""Sends recorded requests with httpx and nothing around it, and prints the seconds from importing
httpx to the last answer.

Usage: python bare_requests.py FILE CONNECTIONS. The file holds [[method, query, body], ...]. What
follows one another with the same query is sent side by side, over as many connections at most; the
rest one after the other.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import ssl
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby


def main(file: str, connections: int) -> float:
    """Send the requests and return the seconds that it took."""
    with open(file, encoding="utf-8") as opened:
        requests = json.load(opened)
    begun = time.perf_counter()
    import httpx

    client = httpx.Client(
        base_url=f"{os.environ['SIMPLEHELP_URL']}/api/v1/{os.environ['SIMPLEHELP_API_TOKEN']}/",
        verify=ssl.create_default_context(cafile=os.environ["SIMPLEHELP_CA_PATH"]),
        headers={"Content-Type": "application/json"},
        limits=httpx.Limits(max_connections=connections),
    )

    def send(request):
        method, query, body = request
        client.request(
            method, query, **({} if body is None else {"json": body})
        ).raise_for_status().json()

    for _query, group in groupby(requests, key=lambda request: request[1]):
        alike = list(group)
        if len(alike) == 1:
            send(alike[0])
        else:
            with ThreadPoolExecutor(connections) as pool:
                list(pool.map(send, alike))
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2])))
