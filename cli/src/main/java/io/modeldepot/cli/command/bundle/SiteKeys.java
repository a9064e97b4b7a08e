package io.modeldepot.cli.command.bundle;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.volume.PublicKeys;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.MalformedBundle;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.policy.Policy;
import io.modeldepot.provenance.policy.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The site's keys and policy, as options and the downloader's own settings name them. */
final class SiteKeys {
  private static final String SIGNING_KEY = "DEPOT_TRUST_SIGNING_KEY";
  private static final String TRUSTED_KEYS = "DEPOT_TRUST_TRUSTED_KEYS";

  private final Session session;

  SiteKeys(Session session) {
    this.session = session;
  }

  /** What is signed with; no message repeats anything of a key. */
  ModelSigner signer(Optional<String> option) {
    String named =
        option
            .or(() -> set(SIGNING_KEY))
            .orElseThrow(
                () ->
                    Failure.usage("a bundle is signed, and no key is named")
                        .tryThis(Try.words("name the site's private key:  --sign-key KEY.pem"))
                        .tryThis(
                            Try.words(
                                "make one:  openssl genpkey -algorithm EC -pkeyopt"
                                    + " ec_paramgen_curve:P-256 -out KEY.pem  &&  openssl pkey -in"
                                    + " KEY.pem -pubout -out KEY.pem.pub"))
                        .tryThis(
                            Try.words(
                                "or leave it out:  --unsigned ; the far side must agree to that")));
    Path key = session.path(named);
    Path beside = key.resolveSibling(key.getFileName() + ".pub");
    try {
      return new ModelSigner(Keys.pair(PublicKeys.text(key), PublicKeys.text(beside)));
    } catch (MalformedBundle e) {
      throw Failure.usage(key + " and " + beside + " are no pair of keys").because(e.problem());
    }
  }

  /** Whose signatures count: the named keys, those that the downloader trusts, and the own one. */
  ModelVerifier trusted(List<String> options) {
    List<Path> files = new ArrayList<>(options.stream().map(session::path).toList());
    set(TRUSTED_KEYS)
        .ifPresent(
            list -> {
              for (String file : list.split(",")) {
                files.add(session.path(file.strip()));
              }
            });
    set(SIGNING_KEY).ifPresent(own -> files.add(session.path(own + ".pub")));
    if (files.isEmpty()) {
      throw Failure.of(ExitCode.REFUSED, "", "nobody is trusted to sign bundles")
          .because("neither --trust nor " + TRUSTED_KEYS + " names a public key")
          .tryThis(
              Try.words("get the public key from where it was made, and name it:  --trust KEY.pub"))
          .tryThis(
              Try.words("or take it in whoever made it:  --untrusted ; only damage is noticed"));
    }
    return PublicKeys.verifier(files);
  }

  /** What this site does about models that would run code, as its downloader is told. */
  Policy policy() {
    return new Policy(rule("DEPOT_TRUST_PICKLES"), rule("DEPOT_TRUST_REMOTE_CODE"));
  }

  private Rule rule(String variable) {
    String value = set(variable).orElse("warn");
    try {
      return Rule.valueOf(value.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(variable + " is \"" + value + "\"")
          .because("it must be allow, warn or refuse");
    }
  }

  private Optional<String> set(String variable) {
    return Optional.ofNullable(session.environment().get(variable)).filter(text -> !text.isBlank());
  }
}
