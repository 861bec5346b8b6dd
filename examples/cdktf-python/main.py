"""The governance stack of examples/cdktf in Python, on the same bindings: generated with jsii-pacmak, not published."""

import re
from typing import Mapping, NamedTuple, Sequence

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_provider_domo.api_client import ApiClient
from cdktf_provider_domo.provider import DomoProvider
from constructs import Construct

SCOPES = ("account", "audit", "buzz", "dashboard", "data", "user", "workflow")


class Row(NamedTuple):
    """What a team asks for."""

    name: str
    description: str
    scopes: Sequence[str]


class Team(NamedTuple):
    """A team: the scopes it is allowed, and its clients."""

    may: Sequence[str]
    clients: Sequence[Row]


TEAMS: Mapping[str, Team] = {
    "sales": Team(
        may=["data", "dashboard"],
        clients=[Row("nightly-export", "Reads the sales datasets into the warehouse.", ["data"])],
    ),
    "it": Team(
        may=["user", "audit"],
        clients=[
            Row("directory-sync", "Keeps Domo's users in step with the company's directory.", ["user", "audit"]),
        ],
    ),
}


def violations(teams: Mapping[str, Team]) -> list[str]:
    """Everything wrong in the table."""
    found = []
    for team, (may, clients) in teams.items():
        names = [row.name for row in clients]
        found += [f'the team {team} may have "{scope}", which is not a Domo scope' for scope in may if scope not in SCOPES]
        for index, row in enumerate(clients):
            at = f'{team}: "{row.name}"'
            if not re.fullmatch("[a-z][a-z0-9-]*", row.name):
                found.append(f"{at} needs a name of lower-case letters, digits and hyphens")
            if row.name in names[:index]:
                found.append(f"{at} is listed twice")
            if not row.description.strip():
                found.append(f"{at} needs a description: what is it for?")
            if not row.scopes:
                found.append(f"{at} needs at least one scope")
            for scope in row.scopes:
                if scope not in SCOPES:
                    found.append(f'{at} asks for "{scope}", which is not a Domo scope')
                elif scope not in may:
                    found.append(f'{at} asks for "{scope}", which the team is not allowed')
    return found


class DomoApiClients(Construct):
    """The API clients of all teams, and their secrets as sensitive outputs."""

    def __init__(self, scope: Construct, id: str, *, stack: str, environment: str, teams: Mapping[str, Team]):
        super().__init__(scope, id)
        wrong = violations(teams)
        if wrong:
            raise ValueError("The table of API clients is wrong:\n- " + "\n- ".join(wrong))
        for team, (_, clients) in teams.items():
            for row in clients:
                client = ApiClient(
                    self,
                    f"{team}-{row.name}",
                    name=f"{stack}-{environment}-{team}-{row.name}",
                    description=row.description,
                    scopes=list(row.scopes),
                )
                key = f"{team}_{row.name}".replace("-", "_")
                TerraformOutput(
                    self,
                    f"{key}_output",
                    value={"client_id": client.client_id, "client_secret": client.client_secret},
                    description=f"The credentials of {row.name} of the team {team}.",
                    sensitive=True,
                ).override_logical_id(key)


class Governance(TerraformStack):
    """One instance's API clients."""

    def __init__(self, scope: Construct, id: str, *, instance: str):
        super().__init__(scope, id)
        DomoProvider(self, "domo", instance=instance)
        DomoApiClients(self, "clients", stack="governance", environment=id, teams=TEAMS)


if __name__ == "__main__":
    app = App()
    Governance(app, "dev", instance="acme-dev")
    Governance(app, "prod", instance="acme")
    app.synth()
