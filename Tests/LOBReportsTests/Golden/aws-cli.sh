#!/bin/sh
# AWS DMS tasks for the database "orders". In the report folder:
#   sh THIS create      make the tasks
#   sh THIS modify      change tasks that are there; they must be stopped
#   sh THIS endpoints   change the source endpoints
# Variables that are missing are named when they are needed.
set -eu

create() {
  aws dms create-replication-task \
    --replication-task-identifier 'lobscope-orders' \
    --source-endpoint-arn "${SOURCE_ENDPOINT_ARN:?is not set}" \
    --target-endpoint-arn "${TARGET_ENDPOINT_ARN:?is not set}" \
    --replication-instance-arn "${REPLICATION_INSTANCE_ARN:?is not set}" \
    --migration-type 'cdc' \
    --table-mappings 'file://table-mappings.json' \
    --replication-task-settings 'file://task-settings.json'
}

modify() {
  aws dms modify-replication-task \
    --replication-task-arn "${REPLICATION_TASK_ARN:?is not set}" \
    --table-mappings 'file://table-mappings.json' \
    --replication-task-settings 'file://task-settings.json'
}

endpoints() {
  # The attributes replace those that the endpoint has: add others of yours.
  aws dms modify-endpoint \
    --endpoint-arn "${SOURCE_ENDPOINT_ARN:?is not set}" \
    --postgre-sql-settings 'file://endpoint-settings.json' \
    --extra-connection-attributes 'unboundedVarcharMaxSize=65536'
}

case "${1:-}" in
create | modify | endpoints) "$1" ;;
*)
  echo "usage: sh $0 create|modify|endpoints" >&2
  exit 64
  ;;
esac
