package io.modeldepot.downloader.house;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.provenance.oms.Statement;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.FakeRepository;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Map;
import java.util.TreeMap;

/** A repository of a publisher who signs, at the hub of the tests. */
final class SignedRepository {
  /** Whose repositories it is in. */
  static final String OWNER = "signers";

  /** What the publisher signs with; the world trusts it for the repositories of {@link #OWNER}. */
  static final KeyPair PUBLISHER = Keys.generate();

  private final FakeRepository repository;
  private final Map<String, Content> files = new TreeMap<>();

  /** With a configuration and weights. */
  SignedRepository(FakeHub hub, String owner, String name) {
    repository = hub.repository(owner + "/" + name);
    put("config.json", Content.of("{\"architectures\":[\"LlamaForCausalLM\"]}"));
    put("model.safetensors", House.safetensors(name.hashCode(), 2 << 20));
  }

  SignedRepository put(String path, Content content) {
    repository.put(path, content);
    files.put(path, content);
    return this;
  }

  /** Signs what is there now. */
  SignedRepository sign(KeyPair pair) {
    Map<String, Sha256> digests = new TreeMap<>();
    files.forEach((path, content) -> digests.put(path, content.sha256()));
    byte[] signature = new ModelSigner(pair).sign(Statement.over(repository.id(), digests));
    repository.put(UpstreamSignature.FILE, Content.of(signature));
    return this;
  }

  /** As somebody signs who has no key of his own: a certificate and an entry in Sigstore's log. */
  SignedRepository signWithoutKey() {
    Map<String, Sha256> digests = new TreeMap<>();
    files.forEach((path, content) -> digests.put(path, content.sha256()));
    String byKey =
        new String(
            new ModelSigner(PUBLISHER).sign(Statement.over(repository.id(), digests)),
            StandardCharsets.UTF_8);
    repository.put(
        UpstreamSignature.FILE,
        byKey
            .replaceFirst("\"publicKey\":\\{[^}]*}", "\"certificate\":{\"rawBytes\":\"MIIB\"}")
            .replace("\"tlogEntries\":[]", "\"tlogEntries\":[{\"logIndex\":\"1\"}]"));
    return this;
  }

  String id() {
    return repository.id();
  }

  CommitId commit() {
    return repository.commit("main");
  }
}
