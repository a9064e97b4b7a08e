package io.modeldepot.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.deploy.strict.Manifests;
import io.modeldepot.deploy.strict.PublishedTypes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the check of manifests finds faults at all. */
class PublishedTypesTest {
  @Test
  void whatIsRightPasses() {
    assertThat(
            faults(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: a, labels: {a: b}}
                spec: {ports: [{port: 1, targetPort: door}]}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {port: [{port: 1}]}}",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: many}]}}",
        "{apiVersion: v1, kind: Service, metadata: {nam: a}}",
        "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a}, spec: {replicas: 2}}",
        "{apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: a}}",
        "{apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, metadata: {name: a}, spec: {partition: 1}}",
        "{apiVersion: kafka.strimzi.io/v1, kind: KafkaUser, metadata: {name: a}, spec: {authorization: {type: simple, acl: []}}}",
        "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: a}, spec: {instances: 2, storage: {}, databse: x}}"
      })
  void aFieldThatATypeDoesNotHaveIsAFault(String manifest) {
    assertThat(faults(manifest)).hasSize(1);
  }

  private static List<String> faults(String manifest) {
    return PublishedTypes.faults(Manifests.in(manifest).getFirst());
  }
}
