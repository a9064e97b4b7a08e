#!/usr/bin/env bash
# The least rights for every login that Model Depot has at a Kafka broker. Written by `make docs` from the table of
# topics. Can be run again at any time; it only adds. See docs/kafka-access.md.
#
#   deploy/kafka/acls.sh --bootstrap-server kafka:9092 --command-config admin.properties
#
# All arguments go to kafka-acls.sh. KAFKA_ACLS names it if it is not on the PATH; PRINCIPAL is what stands before
# a login's name ("User:" with SASL; with TLS the names are the certificates', so set e.g. PRINCIPAL=User:CN=).
set -euo pipefail
: "${KAFKA_ACLS:=kafka-acls.sh}" "${PRINCIPAL:=User:}"
CONNECTION=("$@")

allow() {
  local login=$1
  shift
  "$KAFKA_ACLS" "${CONNECTION[@]}" --add --allow-principal "$PRINCIPAL$login" "$@"
}

allow registry --operation Create --operation Describe --operation DescribeConfigs \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow registry --operation Read \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow registry --operation Write \
  --topic access-changed \
  --topic backup-due \
  --topic cleanup-due \
  --topic download-requested \
  --topic gpu-reported \
  --topic model-described \
  --topic model-used \
  --topic placement-due \
  --topic restore-requested \
  --topic service-reported \
  --topic site-described
allow registry --operation Read --resource-pattern-type prefixed \
  --group registry-

allow downloader --operation Describe --operation DescribeConfigs \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow downloader --operation Read \
  --topic download-progressed \
  --topic download-requested \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-verified \
  --topic storage-reported
allow downloader --operation Write \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic model-verified \
  --topic service-reported \
  --topic storage-reported
allow downloader --operation Read --resource-pattern-type prefixed \
  --group downloader-

allow janitor --operation Describe --operation DescribeConfigs \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow janitor --operation Read \
  --topic backup-due \
  --topic cleanup-due \
  --topic gpu-reported \
  --topic model-described \
  --topic model-placed \
  --topic model-used \
  --topic model-verified \
  --topic restore-requested \
  --topic site-described \
  --topic storage-reported
allow janitor --operation Write \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-requested \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-removed \
  --topic restore-requested.dead-letter \
  --topic service-reported
allow janitor --operation Read --resource-pattern-type prefixed \
  --group janitor-

allow placement --operation Describe --operation DescribeConfigs \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow placement --operation Read \
  --topic access-changed \
  --topic calibration-learnt \
  --topic engine-reported \
  --topic gpu-reported \
  --topic model-described \
  --topic model-placed \
  --topic model-verified \
  --topic placement-due \
  --topic plan-proposed \
  --topic site-described
allow placement --operation Write \
  --topic calibration-learnt \
  --topic gpu-reported \
  --topic model-placed \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic service-reported
allow placement --operation Read \
  --group placement
allow placement --operation Describe --operation Write \
  --transactional-id placement

allow agent --operation Describe --operation DescribeConfigs \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow agent --operation Write \
  --topic gpu-reported \
  --topic service-reported

allow mirror --operation Describe --operation DescribeConfigs \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow mirror --operation Read \
  --topic access-changed \
  --topic model-verified \
  --topic storage-reported
allow mirror --operation Write \
  --topic download-requested \
  --topic model-used \
  --topic service-reported

allow operator --operation Describe --operation DescribeConfigs \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow operator --operation Read \
  --topic access-changed \
  --topic backup-due \
  --topic backup-due.dead-letter \
  --topic calibration-learnt \
  --topic cleanup-due \
  --topic cleanup-due.dead-letter \
  --topic download-failed \
  --topic download-progressed \
  --topic download-requested \
  --topic download-requested.dead-letter \
  --topic engine-reported \
  --topic gpu-reported \
  --topic maintenance-progressed \
  --topic model-checked \
  --topic model-corrupted \
  --topic model-described \
  --topic model-placed \
  --topic model-removed \
  --topic model-used \
  --topic model-verified \
  --topic placement-due \
  --topic placement-due.dead-letter \
  --topic plan-proposed \
  --topic restore-requested \
  --topic restore-requested.dead-letter \
  --topic service-reported \
  --topic site-described \
  --topic storage-reported
allow operator --operation Write \
  --topic backup-due \
  --topic cleanup-due \
  --topic download-requested \
  --topic placement-due \
  --topic restore-requested
allow operator --operation Read --resource-pattern-type prefixed \
  --group console-consumer- \
  --group operator-
