package io.modeldepot.placement.fleet;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuState;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Reads what NVIDIA's tool prints: {@code nvidia-smi -q -x} for memory, {@code nvidia-smi -L} for
 * the UUIDs and profiles of MIG slices, which many drivers leave out of the former.
 *
 * <p>Memory is the total less what the driver keeps for itself ({@code reserved}): that is the
 * total which CUDA tells programs, and of which an engine takes its fraction. On an H100 it is 551
 * MiB less than {@code nvidia-smi} shows first; counted in, every engine would get less than was
 * planned for it.
 *
 * <p>A GPU that is cut into slices is not listed itself, only its slices are. GPUs are numbered in
 * the order of the PCI bus, as the tool does; an engine must be told {@code
 * CUDA_DEVICE_ORDER=PCI_BUS_ID} to number them alike.
 */
public final class NvidiaSmi {
  private static final long MIB = 1L << 20;
  private static final Pattern GPU_LINE = Pattern.compile("^GPU (\\d+): .*");
  private static final Pattern SLICE_LINE =
      Pattern.compile("^\\s+MIG (\\S+)\\s+Device\\s+(\\d+): \\(UUID: (MIG-[^)]+)\\)\\s*$");
  private static final Pattern MEBIBYTES = Pattern.compile("(\\d+) MiB");

  private final Utilisation utilisation;
  private final Map<String, Slice> slices;

  private NvidiaSmi(Utilisation utilisation, Map<String, Slice> slices) {
    this.utilisation = utilisation;
    this.slices = slices;
  }

  private record Slice(String profile, String uuid) {}

  /**
   * The GPUs of a host.
   *
   * @param xml of {@code nvidia-smi -q -x}
   * @param list of {@code nvidia-smi -L}
   * @throws IllegalArgumentException if these are something else, with what is wrong
   */
  public static List<Gpu> read(String xml, String list, Utilisation utilisation) {
    return new NvidiaSmi(utilisation, slices(list)).read(parse(xml).getDocumentElement());
  }

  /**
   * What each process takes of each whole GPU, by the GPU's id. Of slices the tool does not say it.
   *
   * @param xml of {@code nvidia-smi -q -x}
   * @throws IllegalArgumentException if it is something else
   */
  public static List<GpuProcess> processes(String xml) {
    List<GpuProcess> processes = new ArrayList<>();
    List<Element> gpus = children(parse(xml).getDocumentElement(), "gpu");
    for (int index = 0; index < gpus.size(); index++) {
      List<Element> all =
          child(gpus.get(index), "processes")
              .map(it -> children(it, "process_info"))
              .orElse(List.of());
      for (Element one : all) {
        OptionalLong used = mebibytes(one, "used_memory");
        String pid = text(one, "pid").orElse("");
        if (used.isPresent() && pid.matches("[0-9]{1,10}")) {
          processes.add(
              new GpuProcess(Integer.toString(index), Long.parseLong(pid), used.getAsLong() * MIB));
        }
      }
    }
    return processes;
  }

  private List<Gpu> read(Element root) {
    if (!root.getTagName().equals("nvidia_smi_log")) {
      throw new IllegalArgumentException("This is no output of nvidia-smi -q -x.");
    }
    List<Gpu> gpus = new ArrayList<>();
    List<Element> all = children(root, "gpu");
    for (int index = 0; index < all.size(); index++) {
      Element gpu = all.get(index);
      String name = text(gpu, "product_name").orElse("NVIDIA GPU");
      List<Element> cut =
          child(gpu, "mig_devices").map(it -> children(it, "mig_device")).orElse(List.of());
      String mode = child(gpu, "mig_mode").flatMap(it -> text(it, "current_mig")).orElse("");
      if (mode.equalsIgnoreCase("Enabled")) {
        for (Element slice : cut) {
          gpus.add(slice(index, name, slice));
        }
      } else {
        gpus.add(gpu(Integer.toString(index), name, gpu));
      }
    }
    return gpus;
  }

  private Gpu slice(int index, String name, Element slice) {
    String number = text(slice, "index").orElse("0");
    Optional<Slice> listed = Optional.ofNullable(slices.get(index + "." + number));
    String uuid =
        text(slice, "uuid")
            .filter(it -> it.startsWith("MIG-"))
            .or(() -> listed.map(Slice::uuid))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The UUID of slice %s of GPU %d is listed nowhere."
                            .formatted(number, index)));
    String profile = listed.map(it -> " " + it.profile()).orElse("");
    return gpu(uuid, name + " MIG" + profile, slice);
  }

  private Gpu gpu(String id, String name, Element of) {
    Element memory =
        child(of, "fb_memory_usage")
            .orElseThrow(() -> new IllegalArgumentException(id + ": no fb_memory_usage."));
    long shown =
        mebibytes(memory, "total")
            .orElseThrow(() -> new IllegalArgumentException(id + ": no total memory."));
    long total = (shown - Math.min(shown, mebibytes(memory, "reserved").orElse(0))) * MIB;
    OptionalLong used = mebibytes(memory, "used");
    return new Gpu(
        id,
        name,
        total,
        utilisation.of(total),
        used.isPresent() ? Optional.of(used.getAsLong() * MIB) : Optional.empty(),
        GpuState.READY);
  }

  private static Map<String, Slice> slices(String list) {
    Map<String, Slice> slices = new HashMap<>();
    String gpu = "";
    for (String line : list.lines().toList()) {
      Matcher whole = GPU_LINE.matcher(line);
      Matcher slice = SLICE_LINE.matcher(line);
      if (whole.matches()) {
        gpu = whole.group(1);
      } else if (slice.matches()) {
        slices.put(gpu + "." + slice.group(2), new Slice(slice.group(1), slice.group(3)));
      }
    }
    return slices;
  }

  /** Nothing outside the text is read: no entities, no DTD. */
  private static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(xml)));
    } catch (SAXException e) {
      throw new IllegalArgumentException("This is no XML: " + e.getMessage(), e);
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OptionalLong mebibytes(Element of, String tag) {
    Matcher number = MEBIBYTES.matcher(text(of, tag).orElse("").strip());
    return number.matches()
        ? OptionalLong.of(Long.parseLong(number.group(1)))
        : OptionalLong.empty();
  }

  private static Optional<String> text(Element of, String tag) {
    return child(of, tag).map(it -> it.getTextContent().strip()).filter(it -> !it.isEmpty());
  }

  private static Optional<Element> child(Element of, String tag) {
    return children(of, tag).stream().findFirst();
  }

  private static List<Element> children(Element of, String tag) {
    List<Element> found = new ArrayList<>();
    for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(tag)) {
        found.add(element);
      }
    }
    return found;
  }
}
