"""The admin commands, gathered."""

import click

from huji.cli.admin.accounts import add_account_command, disable_account_command, issue_key_command
from huji.cli.admin.agreements import approve_agreement_command
from huji.cli.admin.import_bag import import_bag_command
from huji.cli.admin.load import load_command
from huji.cli.admin.organisations import add_agency_command, add_office_command, enrol_station_command
from huji.cli.admin.rerun import rerun_command
from huji.cli.admin.series import series_group
from huji.cli.admin.volumes import register_volume_command


@click.group()
def admin() -> None:
    """Set up organisations, accounts, keys, agreements and volumes; load entries; import bags (系統管理).

    \b
    Example:
      huji admin add-office 63000010 臺北市中正區戶政事務所
      huji admin register-volume 甲-001 --office 63000010 --series colonial_register
    """


for _command in (
    add_office_command,
    add_agency_command,
    enrol_station_command,
    add_account_command,
    disable_account_command,
    issue_key_command,
    approve_agreement_command,
    register_volume_command,
    load_command,
    series_group,
    import_bag_command,
    rerun_command,
):
    admin.add_command(_command)
