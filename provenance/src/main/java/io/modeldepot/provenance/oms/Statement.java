package io.modeldepot.provenance.oms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.CanonicalJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is signed: the files of a model with their digests, as an in-toto statement with the
 * predicate of OpenSSF Model Signing 1.0.
 *
 * <p>Source: the specification, sections 5 to 6.6.
 *
 * @param subject name of the model; informs people and decides nothing
 * @param rootDigest SHA-256 over the digests in order, lower-case hexadecimal
 * @param resources the files, as they stand in the statement
 * @param method {@code files} or {@code shards}
 * @param hashType algorithm of the digests
 * @param ignored paths that the signer left out, whole or with what lies below
 */
public record Statement(
    String subject,
    String rootDigest,
    List<Resource> resources,
    String method,
    String hashType,
    List<String> ignored) {
  static final String TYPE = "https://in-toto.io/Statement/v1";
  static final String PREDICATE = "https://model_signing/signature/v1.0";

  /** What every signer leaves out at the top of a model (section 6.2). */
  static final List<String> ALWAYS_IGNORED =
      List.of(".git", ".gitattributes", ".github", ".gitignore");

  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
  private static final Set<String> ALGORITHMS = Set.of("sha256", "blake2b", "blake3");

  /** Keeps copies. */
  public Statement {
    resources = List.copyOf(resources);
    ignored = List.copyOf(ignored);
  }

  /**
   * Over digests that are known already; no file is read.
   *
   * @param subject name of the model
   * @param digests path to digest
   * @throws IllegalArgumentException if no file is left to sign
   */
  public static Statement over(String subject, Map<String, Sha256> digests) {
    List<Resource> resources = new ArrayList<>();
    digests.forEach(
        (path, digest) -> {
          if (!covers(ALWAYS_IGNORED, path)) {
            resources.add(new Resource(path, "sha256", digest.value()));
          }
        });
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("There is no file to sign in " + subject + ".");
    }
    resources.sort(Resource.BY_NAME);
    return new Statement(subject, root(resources), resources, "files", "sha256", ALWAYS_IGNORED);
  }

  /** The bytes to be signed: RFC 8785, so that equal statements are equal bytes. */
  public byte[] payload() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode statement = json.objectNode();
    statement.put("_type", TYPE).put("predicateType", PREDICATE);
    ObjectNode model = statement.putArray("subject").addObject().put("name", subject);
    model.putObject("digest").put("sha256", rootDigest);
    ObjectNode predicate = statement.putObject("predicate");
    ArrayNode files = predicate.putArray("resources");
    for (Resource resource : resources) {
      files
          .addObject()
          .put("name", resource.name())
          .put("algorithm", resource.algorithm())
          .put("digest", resource.digest());
    }
    ObjectNode serialization = predicate.putObject("serialization");
    serialization.put("method", method).put("hash_type", hashType).put("allow_symlinks", false);
    ArrayNode paths = serialization.putArray("ignore_paths");
    ignored.forEach(paths::add);
    return CanonicalJson.bytes(statement);
  }

  /**
   * From a payload.
   *
   * @throws MalformedBundle if it is no statement of this form, or contradicts itself
   */
  static Statement parse(byte[] payload) throws MalformedBundle {
    JsonNode statement = StrictJson.object(payload, "statement");
    StrictJson.onlyHas(
        statement, "statement", Set.of("_type", "subject", "predicateType", "predicate"));
    require(StrictJson.text(statement, "_type").equals(TYPE), "The statement has another type.");
    require(
        StrictJson.text(statement, "predicateType").equals(PREDICATE),
        "The statement is not about the files of a model.");
    JsonNode subjects = StrictJson.list(statement, "subject");
    require(subjects.size() == 1, "The statement is about more than one model.");
    String subject = StrictJson.text(subjects.get(0), "name");
    String root = StrictJson.child(subjects.get(0), "digest").path("sha256").asText("");
    JsonNode predicate = StrictJson.child(statement, "predicate");
    StrictJson.onlyHas(predicate, "predicate", Set.of("resources", "serialization"));
    JsonNode serialization = StrictJson.child(predicate, "serialization");
    String hashType = StrictJson.text(serialization, "hash_type");
    List<Resource> resources = resources(StrictJson.list(predicate, "resources"), hashType);
    require(root(resources).equals(root), "The digest of the model is not that of its files.");
    return new Statement(
        subject, root, resources, method(serialization), hashType, ignored(serialization));
  }

  /** Whether the signer left this path out. */
  boolean leavesOut(String path) {
    return covers(ALWAYS_IGNORED, path) || covers(ignored, path);
  }

  private static String method(JsonNode serialization) throws MalformedBundle {
    StrictJson.onlyHas(
        serialization,
        "serialization",
        Set.of("method", "hash_type", "shard_size", "allow_symlinks", "ignore_paths"));
    require(
        serialization.path("allow_symlinks").isBoolean(), "The text allow_symlinks is missing.");
    String method = StrictJson.text(serialization, "method");
    boolean sized = serialization.path("shard_size").asLong(0) > 0;
    boolean known = method.equals("files") || method.equals("shards");
    require(known, "The files are signed in a way that the format does not know.");
    require(method.equals("shards") == sized, "The size of shards does not fit the method.");
    return method;
  }

  private static List<String> ignored(JsonNode serialization) throws MalformedBundle {
    List<String> ignored = new ArrayList<>();
    for (JsonNode path : serialization.path("ignore_paths")) {
      require(
          path.isTextual() && relative(path.textValue()),
          "A path that was left out is not one inside the model.");
      ignored.add(path.textValue());
    }
    return ignored;
  }

  private static List<Resource> resources(JsonNode list, String hashType) throws MalformedBundle {
    require(ALGORITHMS.contains(hashType), "The digests have an algorithm that is not known.");
    List<Resource> resources = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : list) {
      String name = StrictJson.text(node, "name");
      String algorithm = StrictJson.text(node, "algorithm");
      String digest = StrictJson.text(node, "digest");
      require(relative(name), "A name leaves the model.");
      require(names.add(name), "A file is signed twice.");
      require(algorithm.equals(hashType), "A digest has another algorithm than is stated.");
      require(
          HEX.matcher(digest).matches() && digest.length() % 2 == 0,
          "A digest is not hexadecimal.");
      resources.add(new Resource(name, algorithm, digest));
    }
    return resources;
  }

  private static boolean relative(String path) {
    boolean inside = !path.isEmpty() && !path.startsWith("/") && !path.endsWith("/");
    for (String part : path.split("/", -1)) {
      inside &= !part.equals("..") && !part.isEmpty();
    }
    return inside;
  }

  private static boolean covers(List<String> ignored, String path) {
    return ignored.stream().anyMatch(i -> path.equals(i) || path.startsWith(i + "/"));
  }

  /** Section 6.5.1. */
  private static String root(List<Resource> resources) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Resource resource : resources) {
        digest.update(HexFormat.of().parseHex(resource.digest()));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static void require(boolean holds, String problem) throws MalformedBundle {
    if (!holds) {
      throw new MalformedBundle(problem);
    }
  }
}
