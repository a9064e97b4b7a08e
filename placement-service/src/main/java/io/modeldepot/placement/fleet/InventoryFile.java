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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  /** As keys of settings and of topics have them. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_SHOWN = 60;
  private static final String EXAMPLE =
      "{\"hosts\":[{\"host\":\"gpu-host\",\"gpus\":[{\"id\":\"0\",\"name\":\"RTX 5090\",\"memoryMiB\":32607}]}]}.";

  private final Lines lines;
  private final List<String> faults = new ArrayList<>();

  private InventoryFile(Lines lines) {
    this.lines = lines;
  }

  /** Reads all of it, or says everything that is wrong with it. */
  public static Inventory read(String json) {
    JsonNode root;
    Lines lines;
    try {
      lines = Lines.of(json);
      root = Wire.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      return new Inventory.Malformed(
          List.of(
              "line %d: not JSON: %s."
                  .formatted(
                      line, e.getOriginalMessage().replaceFirst(" \\(start marker .*", ""))));
    }
    InventoryFile reading = new InventoryFile(lines);
    List<HostInventory> hosts = reading.hosts(root);
    return reading.faults.isEmpty()
        ? new Inventory.Read(hosts)
        : new Inventory.Malformed(reading.faults);
  }

  private List<HostInventory> hosts(JsonNode root) {
    Utilisation utilisation = utilisation(root.path("utilisation"));
    JsonNode hosts = root.path("hosts");
    if (!hosts.isArray()) {
      fault("/hosts", "a list of hosts is required, such as " + EXAMPLE);
      return List.of();
    }
    List<HostInventory> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < hosts.size(); i++) {
      String at = "/hosts/" + i;
      JsonNode host = hosts.get(i);
      String name = matching(HOST, host.path("host"), at + "/host");
      if (!name.isEmpty() && !names.add(name)) {
        fault(at + "/host", "%s is listed twice; leave one of them out.".formatted(shown(name)));
      }
      LocationName location = location(host.path("location"), at + "/location");
      read.add(new HostInventory(location, name, gpus(host.path("gpus"), at, utilisation)));
    }
    return read;
  }

  private List<Gpu> gpus(JsonNode list, String host, Utilisation utilisation) {
    if (!list.isArray()) {
      fault(host + "/gpus", "a list of GPUs is required.");
      return List.of();
    }
    List<Gpu> gpus = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String at = host + "/gpus/" + i;
      String id = matching(ID, list.get(i).path("id"), at + "/id");
      if (!id.isEmpty() && !ids.add(id)) {
        fault(at + "/id", "%s is listed twice; leave one of them out.".formatted(shown(id)));
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
      fault("/utilisation", "more than 0 and at most 1, not " + shown(node.toString()) + ".");
      return Utilisation.DEFAULT;
    }
    return new Utilisation((int) Math.round(share * 1000));
  }

  private LocationName location(JsonNode node, String at) {
    String text = node.isMissingNode() ? "default" : node.asText();
    if (!text.matches(LocationName.PATTERN)) {
      fault(at, shown(text) + " is no name of a location: letters, digits and hyphens.");
      return LocationName.of("default");
    }
    return LocationName.of(text);
  }

  private String text(JsonNode node, String at) {
    if (!node.isTextual() || node.textValue().isBlank()) {
      fault(at, "a text is required.");
      return "";
    }
    String text = node.textValue().strip();
    if (text.length() > LONGEST_NAME || text.codePoints().anyMatch(Character::isISOControl)) {
      fault(at, shown(text) + " is too long, or has control characters.");
      return "";
    }
    return text;
  }

  private String matching(Pattern form, JsonNode node, String at) {
    if (!node.isTextual() || !form.matcher(node.textValue()).matches()) {
      fault(
          at,
          (node.isTextual() ? shown(node.textValue()) + " cannot be a name here; " : "")
              + "letters, digits, dots, hyphens and underscores are required.");
      return "";
    }
    return node.textValue();
  }

  private void fault(String pointer, String what) {
    faults.add("line %d, %s: %s".formatted(lines.of(pointer, 1), pointer, what));
  }

  /** Text from a file, safe for a log. */
  private static String shown(String text) {
    String safe = text.codePoints().mapToObj(InventoryFile::shown).collect(Collectors.joining());
    String cut = safe.length() > LONGEST_SHOWN ? safe.substring(0, LONGEST_SHOWN) + "…" : safe;
    return cut.startsWith("\"") ? cut : '"' + cut + '"';
  }

  private static String shown(int letter) {
    return Character.isISOControl(letter)
        ? "\\u%04x".formatted(letter)
        : Character.toString(letter);
  }

  private long mebibytes(JsonNode node, String at) {
    if (!node.isIntegralNumber() || node.longValue() < 1 || node.longValue() > MOST_MIB) {
      fault(
          at,
          "a whole number of MiB is required, as nvidia-smi shows it, not "
              + shown(node.toString())
              + ".");
      return 0;
    }
    return node.longValue();
  }
}
