{{/* What the code says: ports, topics, logins. */}}
{{- define "depot.contract" -}}
{{ .Files.Get "files/contract.yaml" }}
{{- end -}}

{{/* Labels that select the pods of a service: root, service, and a location where it has one. */}}
{{- define "depot.selector" -}}
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .location }}
model-depot.io/location: {{ .name | quote }}
{{- end }}
{{- end -}}

{{- define "depot.labels" -}}
{{ include "depot.selector" . }}
app.kubernetes.io/part-of: model-depot
{{- end -}}

{{/* The name of what belongs to a service. */}}
{{- define "depot.name" -}}
{{ .root.Release.Name }}-{{ .service }}{{ with .location }}-{{ .name }}{{ end }}
{{- end -}}

{{- define "depot.image" -}}
{{ .root.Values.images.repository }}/{{ .image }}:{{ .root.Values.images.tag | default .root.Chart.AppVersion }}
{{- end -}}

{{/* Where a service is reached: root, service, location. */}}
{{- define "depot.address" -}}
{{- $ports := (include "depot.contract" .root | fromYaml).ports -}}
{{ ternary "https" "http" .root.Values.tls.enabled }}://{{ include "depot.name" . }}:{{ get $ports .service | int }}
{{- end -}}

{{- define "depot.kafkaCluster" -}}
{{ .Release.Name }}-kafka
{{- end -}}

{{- define "depot.bootstrap" -}}
{{- if .Values.kafka.strimzi.enabled -}}
{{ include "depot.kafkaCluster" . }}-kafka-bootstrap:9093
{{- else -}}
{{ .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end -}}

{{/* The secret with the brokers' authority; empty where there is none. */}}
{{- define "depot.kafkaCa" -}}
{{- if .Values.kafka.strimzi.enabled -}}
{{ include "depot.kafkaCluster" . }}-cluster-ca-cert
{{- else -}}
{{ .Values.kafka.caSecret }}
{{- end -}}
{{- end -}}

{{- define "depot.kafkaIsLocked" -}}
{{- if or .Values.kafka.strimzi.enabled (eq .Values.kafka.access "scram") }}yes{{ end -}}
{{- end -}}

{{- define "depot.databaseName" -}}
{{ .Release.Name }}-database
{{- end -}}
