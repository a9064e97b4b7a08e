package io.modeldepot.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.deploy.facts.Services;
import io.modeldepot.deploy.facts.Settings;
import io.modeldepot.deploy.strict.Manifests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What no type says: that manifests fit each other, and the code. Every rule names the manifest and
 * what is wrong with it.
 */
final class Rules {
  /** Of the container runtime of NVIDIA, and a name that others are made with. */
  private static final Set<String> NOT_OURS =
      Set.of("NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES", "NODE_NAME");

  private static final Set<String> WRITERS = Set.of("downloader", "janitor", "setup");

  private final List<JsonNode> manifests;
  private final List<String> faults = new ArrayList<>();

  private Rules(List<JsonNode> manifests) {
    this.manifests = manifests;
  }

  static List<String> faults(List<JsonNode> manifests) {
    Rules rules = new Rules(manifests);
    rules.namesAreOnce();
    rules.all("Service").forEach(rules::aServiceLeadsToPods);
    rules.workloads().forEach(rules::aPodIsTight);
    rules.workloads().forEach(rules::whatIsMountedIsThere);
    rules
        .workloads()
        .filter(it -> !it.path("kind").asText().equals("Job"))
        .forEach(
            it -> {
              rules.aPodIsSelected(it);
              rules.theDoorIsTheCodes(it);
              rules.settingsExist(it);
              rules.memoryIsEnough(it);
            });
    rules.policiesSelectSomething();
    return rules.faults;
  }

  private void namesAreOnce() {
    Set<String> names = new HashSet<>();
    manifests.stream()
        .map(Manifests::name)
        .filter(it -> !names.add(it))
        .forEach(it -> faults.add(it + " is there twice"));
  }

  private void aServiceLeadsToPods(JsonNode service) {
    JsonNode selector = service.path("spec").path("selector");
    List<JsonNode> pods = workloads().filter(it -> covers(selector, labelsOfPods(it))).toList();
    check(pods.size() == 1, service, "leads to " + pods.size() + " kinds of pods");
    for (JsonNode pod : pods) {
      for (JsonNode port : service.path("spec").path("ports")) {
        check(
            port.path("port").equals(container(pod).path("ports").path(0).path("containerPort")),
            service,
            "has another port than its pods");
      }
    }
  }

  private void aPodIsSelected(JsonNode workload) {
    JsonNode selector = workload.path("spec").path("selector").path("matchLabels");
    check(!selector.isEmpty(), workload, "selects everything");
    check(covers(selector, labelsOfPods(workload)), workload, "does not select its own pods");
    check(
        workloads().filter(it -> covers(selector, labelsOfPods(it))).count() == 1,
        workload,
        "selects pods of others");
  }

  private void aPodIsTight(JsonNode workload) {
    JsonNode pod = pod(workload);
    JsonNode user = pod.path("securityContext");
    String service = service(workload);
    check(!pod.path("automountServiceAccountToken").asBoolean(true), workload, "has a token");
    check(!pod.path("enableServiceLinks").asBoolean(true), workload, "has links of services");
    check(
        user.path("seccompProfile").path("type").asText().equals("RuntimeDefault"),
        workload,
        "has no seccomp profile");
    check(
        user.path("runAsUser").asInt() > 0 == user.path("runAsNonRoot").asBoolean(),
        workload,
        "is not sure of its user");
    check(
        user.path("runAsUser").asInt() > 0 || pod.has("nodeSelector"),
        workload,
        "is root without a volume of root's");
    for (JsonNode one : pod.path("containers")) {
      JsonNode context = one.path("securityContext");
      check(context.path("readOnlyRootFilesystem").asBoolean(), workload, "writes to its image");
      check(!context.path("allowPrivilegeEscalation").asBoolean(true), workload, "may get more");
      check(
          context.path("capabilities").path("drop").path(0).asText().equals("ALL"),
          workload,
          "keeps capabilities");
      check(
          one.path("resources").path("limits").has("memory")
              && one.path("resources").path("requests").has("cpu"),
          workload,
          "does not say what it needs");
      for (JsonNode mount : one.path("volumeMounts")) {
        if (mount.path("name").asText().equals("models")) {
          check(
              mount.path("readOnly").asBoolean() != WRITERS.contains(service),
              workload,
              "mounts the volume as it should not");
          check(
              mount.path("mountPath").asText().equals("/opt/ai-models") && !mount.has("subPath"),
              workload,
              "mounts a part of the volume");
        }
      }
    }
    for (JsonNode volume : pod.path("volumes")) {
      if (volume.has("hostPath")) {
        check(
            volume.path("hostPath").path("type").asText().equals("Directory"),
            workload,
            "makes a directory that is missing");
      }
    }
  }

  private void whatIsMountedIsThere(JsonNode workload) {
    Set<String> volumes = new TreeSet<>();
    pod(workload).path("volumes").forEach(it -> volumes.add(it.path("name").asText()));
    Set<String> mounted = new TreeSet<>();
    container(workload).path("volumeMounts").forEach(it -> mounted.add(it.path("name").asText()));
    check(volumes.equals(mounted), workload, "has " + volumes + " and mounts " + mounted);
    // A file that a setting names lies where something is mounted.
    environment(workload)
        .forEach(
            (name, value) -> {
              if (value.startsWith("/")) {
                check(
                    StreamSupport.stream(
                            container(workload).path("volumeMounts").spliterator(), false)
                        .anyMatch(it -> value.startsWith(it.path("mountPath").asText())),
                    workload,
                    name + " is " + value + ", where nothing is mounted");
              }
            });
  }

  private void theDoorIsTheCodes(JsonNode workload) {
    String service = service(workload).equals("agent") ? "placement" : service(workload);
    JsonNode container = container(workload);
    JsonNode port = container.path("ports").path(0).path("containerPort");
    check(
        port.equals(container.path("ports").path(0).path("containerPort"))
            && port.asInt() == Services.ports().getOrDefault(service, -1),
        workload,
        "has port " + port);
    Map<String, String> probes =
        Map.of(
            "readinessProbe", Services.READY,
            "livenessProbe", Services.LIVE,
            "startupProbe", Services.LIVE);
    probes.forEach(
        (probe, path) -> {
          JsonNode http = container.path(probe).path("httpGet");
          check(http.path("path").asText().equals(path), workload, probe + " asks " + http);
          check(http.path("port").asText().equals("door"), workload, probe + " asks " + http);
          check(
              http.path("scheme").asText().equals("HTTPS")
                  == environment(workload).containsKey("QUARKUS_HTTP_SSL_PORT"),
              workload,
              probe + " asks " + http);
        });
  }

  private void settingsExist(JsonNode workload) {
    String service = service(workload).equals("agent") ? "placement" : service(workload);
    environment(workload).keySet().stream()
        .filter(it -> !NOT_OURS.contains(it) && !Settings.has(service, it))
        .forEach(it -> faults.add(Manifests.name(workload) + ": nothing reads " + it));
    environment(workload).keySet().stream()
        .filter(it -> it.matches(".*(PASSWORD|TOKEN|SECRET|JAAS_CONFIG)"))
        .forEach(it -> faults.add(Manifests.name(workload) + ": a secret in " + it));
  }

  /** A heap is half of a container's memory: no less than what {@code make up} gives. */
  private void memoryIsEnough(JsonNode workload) {
    String service = service(workload);
    if (Services.NAMES.contains(service)) {
      String limit = container(workload).path("resources").path("limits").path("memory").asText();
      check(
          Integer.parseInt(limit.replace("Mi", "")) >= 2 * Services.heap(service),
          workload,
          "has less than twice its heap");
    }
  }

  private void policiesSelectSomething() {
    Set<String> closed = new TreeSet<>();
    all("NetworkPolicy")
        .forEach(
            policy -> {
              JsonNode selector = policy.path("spec").path("podSelector").path("matchLabels");
              List<JsonNode> pods =
                  workloads().filter(it -> covers(selector, labelsOfPods(it))).toList();
              check(!pods.isEmpty() || selector.has("cnpg.io/cluster"), policy, "selects no pods");
              if (!policy.path("spec").has("ingress") && !policy.path("spec").has("egress")) {
                pods.forEach(it -> closed.add(Manifests.name(it)));
              }
              // Whoever is named there is one of ours.
              Stream.of("ingress", "egress")
                  .flatMap(it -> stream(policy.path("spec").path(it)))
                  .flatMap(it -> Stream.of("from", "to").flatMap(way -> stream(it.path(way))))
                  .filter(it -> !it.has("namespaceSelector"))
                  .map(it -> it.path("podSelector").path("matchLabels"))
                  .filter(it -> it.has("app.kubernetes.io/name"))
                  .forEach(
                      it ->
                          check(
                              workloads().anyMatch(pod -> covers(it, labelsOfPods(pod))),
                              policy,
                              "names " + it));
            });
    if (all("NetworkPolicy").findAny().isPresent()) {
      workloads()
          .map(Manifests::name)
          .filter(it -> !closed.contains(it))
          .forEach(it -> faults.add(it + " is open to everybody"));
    }
  }

  private Map<String, String> environment(JsonNode workload) {
    Map<String, String> all = new HashMap<>();
    for (JsonNode from : container(workload).path("envFrom")) {
      String name = from.path("configMapRef").path("name").asText();
      List<JsonNode> maps =
          all("ConfigMap")
              .filter(it -> it.path("metadata").path("name").asText().equals(name))
              .toList();
      check(maps.size() == 1, workload, "reads the settings " + name);
      maps.forEach(
          map ->
              map.path("data")
                  .properties()
                  .forEach(it -> all.put(it.getKey(), it.getValue().asText())));
    }
    container(workload)
        .path("env")
        .forEach(it -> all.put(it.path("name").asText(), it.path("value").asText()));
    return all;
  }

  private void check(boolean holds, JsonNode manifest, String otherwise) {
    if (!holds) {
      faults.add(Manifests.name(manifest) + " " + otherwise);
    }
  }

  private Stream<JsonNode> all(String kind) {
    return manifests.stream().filter(it -> it.path("kind").asText().equals(kind));
  }

  private Stream<JsonNode> workloads() {
    return manifests.stream()
        .filter(it -> it.path("spec").path("template").has("spec"))
        .filter(it -> !it.path("apiVersion").asText().contains("strimzi"));
  }

  private static boolean covers(JsonNode selector, JsonNode labels) {
    return selector.properties().stream()
        .allMatch(it -> it.getValue().equals(labels.path(it.getKey())));
  }

  private static JsonNode labelsOfPods(JsonNode workload) {
    return workload.path("spec").path("template").path("metadata").path("labels");
  }

  private static JsonNode pod(JsonNode workload) {
    return workload.path("spec").path("template").path("spec");
  }

  private static JsonNode container(JsonNode workload) {
    return pod(workload).path("containers").path(0);
  }

  private static String service(JsonNode workload) {
    return container(workload).path("name").asText();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
