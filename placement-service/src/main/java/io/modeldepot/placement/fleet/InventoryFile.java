package io.modeldepot.placement.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.wire.Wire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an inventory in JSON:
 *
 * <pre>{@code
 * {"utilisation": 0.9, "hosts": [{"location": "default", "host": "gpu-host", "gpus": [
 *     {"id": "0", "name": "NVIDIA GeForce RTX 5090", "memoryMiB": 32607}]}]}
 * }</pre>
 *
 * {@code utilisation} and {@code location} may be left out. Memory is what {@code nvidia-smi} shows
 * as total.
 */
public final class InventoryFile {
  private static final long MIB = 1L << 20;
  private static final long MOST_MIB = 1L << 24;

  private final List<String> faults = new ArrayList<>();

  private InventoryFile() {}

  /** Reads all of it, or says everything that is wrong with it. */
  public static Inventory read(String json) {
    JsonNode root;
    try {
      root = Wire.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      return new Inventory.Malformed(List.of("Not JSON: " + e.getOriginalMessage()));
    }
    InventoryFile reading = new InventoryFile();
    List<HostInventory> hosts = reading.hosts(root);
    return reading.faults.isEmpty()
        ? new Inventory.Read(hosts)
        : new Inventory.Malformed(reading.faults);
  }

  private List<HostInventory> hosts(JsonNode root) {
    Utilisation utilisation = utilisation(root.path("utilisation"));
    JsonNode hosts = root.path("hosts");
    if (!hosts.isArray()) {
      faults.add("/hosts: a list of hosts is required.");
      return List.of();
    }
    List<HostInventory> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < hosts.size(); i++) {
      String at = "/hosts/" + i;
      JsonNode host = hosts.get(i);
      String name = text(host.path("host"), at + "/host");
      if (!name.isEmpty() && !names.add(name)) {
        faults.add(at + "/host: \"" + name + "\" is listed twice.");
      }
      LocationName location = location(host.path("location"), at + "/location");
      read.add(new HostInventory(location, name, gpus(host.path("gpus"), at, utilisation)));
    }
    return read;
  }

  private List<Gpu> gpus(JsonNode list, String host, Utilisation utilisation) {
    if (!list.isArray()) {
      faults.add(host + "/gpus: a list of GPUs is required.");
      return List.of();
    }
    List<Gpu> gpus = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String at = host + "/gpus/" + i;
      String id = text(list.get(i).path("id"), at + "/id");
      if (!id.isEmpty() && !ids.add(id)) {
        faults.add(at + "/id: \"" + id + "\" is listed twice.");
      }
      String name = text(list.get(i).path("name"), at + "/name");
      long memory = mebibytes(list.get(i).path("memoryMiB"), at + "/memoryMiB") * MIB;
      gpus.add(new Gpu(id, name, memory, utilisation.of(memory), Optional.empty(), GpuState.READY));
    }
    return gpus;
  }

  private Utilisation utilisation(JsonNode node) {
    if (node.isMissingNode()) {
      return Utilisation.DEFAULT;
    }
    double share = node.asDouble(-1);
    if (!(share >= 0.001 && share <= 1)) {
      faults.add("/utilisation: more than 0 and at most 1, not " + node + ".");
      return Utilisation.DEFAULT;
    }
    return new Utilisation((int) Math.round(share * 1000));
  }

  private LocationName location(JsonNode node, String at) {
    String text = node.isMissingNode() ? "default" : node.asText();
    if (!text.matches(LocationName.PATTERN)) {
      faults.add(at + ": \"" + text + "\" is no name of a location.");
      return LocationName.of("default");
    }
    return LocationName.of(text);
  }

  private String text(JsonNode node, String at) {
    if (!node.isTextual() || node.textValue().isBlank()) {
      faults.add(at + ": a text is required.");
      return "";
    }
    return node.textValue().strip();
  }

  private long mebibytes(JsonNode node, String at) {
    if (!node.isIntegralNumber() || node.longValue() < 1 || node.longValue() > MOST_MIB) {
      faults.add(at + ": a whole number of MiB is required, not " + node + ".");
      return 0;
    }
    return node.longValue();
  }
}
