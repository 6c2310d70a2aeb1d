#!/bin/sh
# AWS DMS tasks for the database "orders". In the report folder:
#   sh THIS create      make the tasks
#   sh THIS modify      change tasks that are there; they must be stopped
#   sh THIS endpoints   change the source endpoints
# Variables that are missing are named when they are needed.
set -eu

create() {
  # CDC_START_POSITION_DMS_SLOT_01: the slot has confirmed 16/B374D848, DMS refuses an earlier start
  aws dms create-replication-task \
    --replication-task-identifier 'lobscope-orders-dms-slot-01' \
    --source-endpoint-arn "${SOURCE_ENDPOINT_ARN_DMS_SLOT_01:?is not set}" \
    --target-endpoint-arn "${TARGET_ENDPOINT_ARN:?is not set}" \
    --replication-instance-arn "${REPLICATION_INSTANCE_ARN:?is not set}" \
    --migration-type 'cdc' \
    --cdc-start-position "${CDC_START_POSITION_DMS_SLOT_01:?is not set}" \
    --table-mappings 'file://dms_slot_01/table-mappings.json' \
    --replication-task-settings 'file://dms_slot_01/task-settings.json'

  # CDC_START_POSITION_DMS_SLOT_02: the slot has confirmed 16/B374D848, DMS refuses an earlier start
  aws dms create-replication-task \
    --replication-task-identifier 'lobscope-orders-dms-slot-02' \
    --source-endpoint-arn "${SOURCE_ENDPOINT_ARN_DMS_SLOT_02:?is not set}" \
    --target-endpoint-arn "${TARGET_ENDPOINT_ARN:?is not set}" \
    --replication-instance-arn "${REPLICATION_INSTANCE_ARN:?is not set}" \
    --migration-type 'cdc' \
    --cdc-start-position "${CDC_START_POSITION_DMS_SLOT_02:?is not set}" \
    --table-mappings 'file://dms_slot_02/table-mappings.json' \
    --replication-task-settings 'file://dms_slot_02/task-settings.json'

  # CDC_START_POSITION_DMS_SLOT_03: the slot has confirmed 16/B374D848, DMS refuses an earlier start
  aws dms create-replication-task \
    --replication-task-identifier 'lobscope-orders-dms-slot-03' \
    --source-endpoint-arn "${SOURCE_ENDPOINT_ARN_DMS_SLOT_03:?is not set}" \
    --target-endpoint-arn "${TARGET_ENDPOINT_ARN:?is not set}" \
    --replication-instance-arn "${REPLICATION_INSTANCE_ARN:?is not set}" \
    --migration-type 'cdc' \
    --cdc-start-position "${CDC_START_POSITION_DMS_SLOT_03:?is not set}" \
    --table-mappings 'file://dms_slot_03/table-mappings.json' \
    --replication-task-settings 'file://dms_slot_03/task-settings.json'

  aws dms create-replication-task \
    --replication-task-identifier 'lobscope-orders-dms-slot-04' \
    --source-endpoint-arn "${SOURCE_ENDPOINT_ARN_DMS_SLOT_04:?is not set}" \
    --target-endpoint-arn "${TARGET_ENDPOINT_ARN:?is not set}" \
    --replication-instance-arn "${REPLICATION_INSTANCE_ARN:?is not set}" \
    --migration-type 'cdc' \
    --cdc-start-position "${CDC_START_POSITION_DMS_SLOT_04:?is not set}" \
    --table-mappings 'file://dms_slot_04/table-mappings.json' \
    --replication-task-settings 'file://dms_slot_04/task-settings.json'
}

modify() {
  aws dms modify-replication-task \
    --replication-task-arn "${REPLICATION_TASK_ARN_DMS_SLOT_01:?is not set}" \
    --table-mappings 'file://dms_slot_01/table-mappings.json' \
    --replication-task-settings 'file://dms_slot_01/task-settings.json'

  aws dms modify-replication-task \
    --replication-task-arn "${REPLICATION_TASK_ARN_DMS_SLOT_02:?is not set}" \
    --table-mappings 'file://dms_slot_02/table-mappings.json' \
    --replication-task-settings 'file://dms_slot_02/task-settings.json'

  aws dms modify-replication-task \
    --replication-task-arn "${REPLICATION_TASK_ARN_DMS_SLOT_03:?is not set}" \
    --table-mappings 'file://dms_slot_03/table-mappings.json' \
    --replication-task-settings 'file://dms_slot_03/task-settings.json'

  aws dms modify-replication-task \
    --replication-task-arn "${REPLICATION_TASK_ARN_DMS_SLOT_04:?is not set}" \
    --table-mappings 'file://dms_slot_04/table-mappings.json' \
    --replication-task-settings 'file://dms_slot_04/task-settings.json'
}

endpoints() {
  aws dms modify-endpoint \
    --endpoint-arn "${SOURCE_ENDPOINT_ARN_DMS_SLOT_01:?is not set}" \
    --postgre-sql-settings 'file://dms_slot_01/endpoint-settings.json'

  aws dms modify-endpoint \
    --endpoint-arn "${SOURCE_ENDPOINT_ARN_DMS_SLOT_02:?is not set}" \
    --postgre-sql-settings 'file://dms_slot_02/endpoint-settings.json'

  aws dms modify-endpoint \
    --endpoint-arn "${SOURCE_ENDPOINT_ARN_DMS_SLOT_03:?is not set}" \
    --postgre-sql-settings 'file://dms_slot_03/endpoint-settings.json'

  aws dms modify-endpoint \
    --endpoint-arn "${SOURCE_ENDPOINT_ARN_DMS_SLOT_04:?is not set}" \
    --postgre-sql-settings 'file://dms_slot_04/endpoint-settings.json'
}

case "${1:-}" in
create | modify | endpoints) "$1" ;;
*)
  echo "usage: sh $0 create|modify|endpoints" >&2
  exit 64
  ;;
esac
