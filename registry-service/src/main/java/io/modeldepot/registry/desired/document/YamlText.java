package io.modeldepot.registry.desired.document;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * From bytes to a tree. No object is ever constructed from what a file says: the library only
 * composes nodes. A file has a largest size and depth, and what its aliases stand for counts as
 * often as it is named, so a small file cannot become a large tree.
 */
final class YamlText {
  /** The largest file. */
  static final int MOST_BYTES = 1024 * 1024;

  private static final int MOST_ITEMS = 200_000;
  private static final int DEEPEST = 20;
  private static final Set<Tag> TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.MERGE,
          Tag.MAP,
          Tag.SEQ);

  private final String file;
  private final Deque<Node> open = new ArrayDeque<>();
  private int items;

  private YamlText(String file) {
    this.file = file;
  }

  /**
   * Reads one document.
   *
   * @param file how it is named in faults
   * @throws Faulty if it is not YAML, too large, empty, or more than one document
   */
  static Item read(String file, byte[] bytes) throws Faulty {
    if (bytes.length > MOST_BYTES) {
      throw at(
          new Place(file, 1, 1),
          "It has %d bytes; %d is the most.".formatted(bytes.length, MOST_BYTES));
    }
    YamlText reading = new YamlText(file);
    Node root = reading.compose(text(file, bytes));
    return reading.item(root);
  }

  private static String text(String file, byte[] bytes) throws Faulty {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw at(new Place(file, 1, 1), "It is not UTF-8.");
    }
  }

  private Node compose(String text) throws Faulty {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_BYTES);
    options.setNestingDepthLimit(DEEPEST);
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(
        MOST_ITEMS); // they are counted here, by what they stand for
    try {
      @Nullable Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (root == null) {
        throw at(new Place(file, 1, 1), "It is empty; a document begins with apiVersion.");
      }
      return root;
    } catch (MarkedYAMLException e) {
      Mark mark = Optional.ofNullable(e.getProblemMark()).orElse(e.getContextMark());
      throw at(place(mark), "Not YAML: " + words(e));
    } catch (YAMLException e) {
      throw at(new Place(file, 1, 1), "Not YAML: " + firstLine(String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException e) {
      // Of an escape such as \UFFFFFFFF, which names no character.
      throw at(new Place(file, 1, 1), "Not YAML: an escape names no character.");
    }
  }

  private Item item(Node node) throws Faulty {
    Place place = place(node.getStartMark());
    if (++items > MOST_ITEMS) {
      throw at(
          place,
          "Too much: with what its aliases stand for it has over %d values.".formatted(MOST_ITEMS));
    }
    if (open.contains(node)) {
      throw at(place, "It contains itself, by an alias.");
    }
    if (!TAGS.contains(node.getTag())) {
      throw at(place, "Tags as " + shown(node.getTag().getValue()) + " are not read.");
    }
    if (node instanceof ScalarNode scalar) {
      return new Item.Scalar(place, whole(place, scalar.getValue()), !scalar.isPlain());
    }
    open.push(node);
    Item read = node instanceof MappingNode map ? mapping(map) : sequence((SequenceNode) node);
    open.pop();
    return read;
  }

  private Item mapping(MappingNode node) throws Faulty {
    List<Item.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (NodeTuple pair : node.getValue()) {
      Place place = place(pair.getKeyNode().getStartMark());
      if (!(pair.getKeyNode() instanceof ScalarNode key)) {
        throw at(place, "A key must be a word.");
      }
      if (!keys.add(whole(place, key.getValue()))) {
        throw at(place, "The key " + shown(key.getValue()) + " is here twice.");
      }
      entries.add(new Item.Entry(place, key.getValue(), item(pair.getValueNode())));
    }
    return new Item.Mapping(place(node.getStartMark()), entries);
  }

  /** Escapes can say characters that no text has and no database keeps. */
  private static String whole(Place place, String text) throws Faulty {
    boolean half =
        text.codePoints()
            .anyMatch(
                c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    if (half) {
      throw at(place, "It has a character that no text has.");
    }
    return text;
  }

  private Item sequence(SequenceNode node) throws Faulty {
    List<Item> all = new ArrayList<>();
    for (Node one : node.getValue()) {
      all.add(item(one));
    }
    return new Item.Sequence(place(node.getStartMark()), all);
  }

  private Place place(@Nullable Mark mark) {
    return mark == null
        ? new Place(file, 1, 1)
        : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String words(MarkedYAMLException e) {
    String problem = firstLine(String.valueOf(e.getProblem()));
    return e.getContext() == null ? problem : firstLine(e.getContext()) + ", " + problem;
  }

  private static String firstLine(String text) {
    return shown(text.lines().findFirst().orElse(""));
  }

  /** A hostile word must not carry control characters into a log or a terminal. */
  static String shown(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(120)
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.SURROGATE
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR) {
                out.append("\\u%04x".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return text.codePointCount(0, text.length()) > 120 ? out + "…" : out.toString();
  }

  private static Faulty at(Place place, String say) {
    return new Faulty(List.of(new Fault(place, List.of(), say)));
  }
}
