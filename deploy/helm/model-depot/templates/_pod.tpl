{{/*
Settings that all services share: root. Settings of docs/configuration.md, as a map of texts.
*/}}
{{- define "depot.sharedSettings" -}}
{{- $values := .Values -}}
KAFKA_BOOTSTRAP_SERVERS: {{ include "depot.bootstrap" . | quote }}
{{- if include "depot.kafkaIsLocked" . }}
KAFKA_SECURITY_PROTOCOL: SASL_SSL
KAFKA_SASL_MECHANISM: SCRAM-SHA-512
DEPOT_KAFKA_LOGIN_FILE: /etc/model-depot/kafka-login/sasl.jaas.config
{{- if include "depot.kafkaCa" . }}
KAFKA_SSL_TRUSTSTORE_TYPE: PEM
KAFKA_SSL_TRUSTSTORE_LOCATION: /etc/model-depot/kafka-ca/ca.crt
{{- end }}
{{- end }}
QUARKUS_HTTP_HOST: 0.0.0.0
{{- if $values.tls.enabled }}
QUARKUS_HTTP_SSL_CERTIFICATE_FILES: /etc/model-depot/tls/tls.crt
QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES: /etc/model-depot/tls/tls.key
QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD: 1h
QUARKUS_HTTP_INSECURE_REQUESTS: disabled
{{- end }}
{{- if $values.tls.caSecret }}
DEPOT_CA_FILE: /etc/model-depot/ca/ca.crt
{{- end }}
{{- with $values.oidc }}
{{- if .issuer }}
DEPOT_OIDC_ISSUER: {{ .issuer | quote }}
DEPOT_OIDC_AUDIENCE: {{ .audience | quote }}
DEPOT_OIDC_ROLES_CLAIM: {{ .rolesClaim | quote }}
DEPOT_OIDC_ADMINS: {{ join "," .admins | quote }}
DEPOT_OIDC_OPERATORS: {{ join "," .operators | quote }}
DEPOT_OIDC_VIEWERS: {{ join "," .viewers | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
The ConfigMap of a service: root, service, location, port, own (a map that goes before what is shared), settings (what an
operator says, which goes before everything).
*/}}
{{- define "depot.settings" -}}
{{- $all := include "depot.sharedSettings" .root | fromYaml -}}
{{- if .root.Values.tls.enabled }}{{ $_ := set $all "QUARKUS_HTTP_SSL_PORT" (.port | toString) }}{{ end -}}
{{- $all = mergeOverwrite $all (deepCopy .own) (deepCopy (.settings | default dict)) -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "depot.name" . }}
  labels:
    {{- include "depot.labels" . | nindent 4 }}
data:
  {{- range $name, $value := $all }}
  {{ $name }}: {{ include "depot.text" $value | quote }}
  {{- end }}
{{- end -}}

{{/* A value as people write it: a large number is not 1e+08. */}}
{{- define "depot.text" -}}
{{- if and (kindIs "float64" .) (eq (. | int64 | float64) .) }}{{ . | int64 }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

{{/* A volume with one file of a secret, and where it is mounted. */}}
{{- define "depot.secretVolume" -}}
- name: {{ .name }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0440
    {{- with .key }}
    items:
      - { key: {{ . }}, path: {{ $.path | default . }} }
    {{- end }}
{{- end -}}

{{/*
The pod of a service: root, service, image, login, port, user, location, volume ("", "read" or "write"), secrets (a list of
maps: name, secret, key), env (a list), memory (whose resources), settings (the ConfigMap as text, so that a change of it starts the pods anew),
hostPath volumes by `location`.
*/}}
{{- define "depot.pod" -}}
{{- $root := .root -}}
{{- $values := .root.Values -}}
{{- $secrets := .secrets | default list -}}
{{- if include "depot.kafkaIsLocked" $root -}}
{{- $secrets = append $secrets (dict "name" "kafka-login" "secret" (printf "%s%s" $values.kafka.loginSecretPrefix .login) "key" "sasl.jaas.config") -}}
{{- with include "depot.kafkaCa" $root -}}
{{- $secrets = append $secrets (dict "name" "kafka-ca" "secret" . "key" "ca.crt") -}}
{{- end -}}
{{- end -}}
{{- if $values.tls.enabled -}}
{{- $secrets = append $secrets (dict "name" "tls" "secret" (printf "%s%s%s" $values.tls.secretPrefix .service (ternary (printf "-%s" (dig "name" "" (.location | default dict))) "" (not (empty .location))))) -}}
{{- end -}}
{{- with $values.tls.caSecret -}}
{{- $secrets = append $secrets (dict "name" "ca" "secret" . "key" "ca.crt") -}}
{{- end -}}
metadata:
  labels:
    {{- include "depot.labels" . | nindent 4 }}
  annotations:
    model-depot.io/settings: {{ .settings | sha256sum | trunc 16 | quote }}
spec:
  serviceAccountName: {{ $root.Release.Name }}
  automountServiceAccountToken: false
  # Kubernetes would name services in the environment, where settings are read.
  enableServiceLinks: false
  {{- with $values.images.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- if .location }}
  nodeSelector:
    model-depot.io/location: {{ .location.name | quote }}
  {{- with .location.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- else if .nodeSelector }}
  nodeSelector:
    {{- toYaml .nodeSelector | nindent 4 }}
  {{- with .tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- else }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "depot.selector" . | nindent 10 }}
  {{- end }}
  {{- with .runtimeClass }}
  runtimeClassName: {{ . }}
  {{- end }}
  terminationGracePeriodSeconds: 60
  securityContext:
    runAsUser: {{ .user | int }}
    runAsGroup: {{ .user | int }}
    runAsNonRoot: {{ ne (.user | int) 0 }}
    fsGroup: {{ .user | int }}
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: { type: RuntimeDefault }
  containers:
    - name: {{ .service }}
      image: {{ include "depot.image" . }}
      imagePullPolicy: {{ $values.images.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: { drop: [ALL] }
      envFrom:
        - configMapRef: { name: {{ include "depot.name" . }} }
      env:
        {{- toYaml .env | nindent 8 }}
      ports:
        - { name: door, containerPort: {{ .port }} }
      startupProbe:
        httpGet: { path: /q/health/live, port: door, scheme: {{ ternary "HTTPS" "HTTP" $values.tls.enabled }} }
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /q/health/live, port: door, scheme: {{ ternary "HTTPS" "HTTP" $values.tls.enabled }} }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: { path: /q/health/ready, port: door, scheme: {{ ternary "HTTPS" "HTTP" $values.tls.enabled }} }
        periodSeconds: 5
        timeoutSeconds: 3
      resources:
        {{- toYaml (get $values.resources .memory) | nindent 8 }}
      volumeMounts:
        # Kafka's client unpacks its zstd library there.
        - { name: tmp, mountPath: /tmp }
        {{- if .volume }}
        - { name: models, mountPath: /opt/ai-models{{ if eq .volume "read" }}, readOnly: true{{ end }} }
        {{- end }}
        {{- if .backup }}
        - { name: backup, mountPath: /var/backups/model-depot }
        {{- end }}
        {{- range $secrets }}
        - { name: {{ .name }}, mountPath: /etc/model-depot/{{ .name }}, readOnly: true }
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: { sizeLimit: 256Mi }
    {{- if .volume }}
    {{- include "depot.disk" (dict "name" "models" "disk" .location.volume) | nindent 4 }}
    {{- end }}
    {{- if .backup }}
    {{- include "depot.disk" (dict "name" "backup" "disk" .location.backup) | nindent 4 }}
    {{- end }}
    {{- range $secrets }}
    {{- include "depot.secretVolume" . | nindent 4 }}
    {{- end }}
{{- end -}}

{{/* A directory of the node or a claim. One that is missing is not made. */}}
{{- define "depot.disk" -}}
- name: {{ .name }}
{{- if .disk.claim }}
  persistentVolumeClaim: { claimName: {{ .disk.claim }} }
{{- else }}
  hostPath: { path: {{ .disk.path }}, type: Directory }
{{- end }}
{{- end -}}

{{/* A name that stays the same while a process is started again on its node. */}}
{{- define "depot.envOfNode" -}}
- name: NODE_NAME
  valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
- { name: DEPOT_INSTANCE, value: {{ .service }}-$(NODE_NAME) }
{{- end -}}

{{- define "depot.envOfPod" -}}
- name: DEPOT_INSTANCE
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
{{- end -}}
