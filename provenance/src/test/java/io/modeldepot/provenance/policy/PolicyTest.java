package io.modeldepot.provenance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.ScanStatus;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.provenance.remotecode.RemoteCode;
import io.modeldepot.provenance.scan.FileScan;
import io.modeldepot.provenance.scan.Finding;
import io.modeldepot.provenance.scan.ModelScan;
import io.modeldepot.provenance.scan.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
  private static final RemoteCode NONE = new RemoteCode(new TreeSet<>(), new TreeSet<>());
  private static final ModelScan GOOD = new ModelScan(List.of(), 3);
  private static final ModelScan BAD =
      new ModelScan(
          List.of(
              new FileScan(
                  "m.bin",
                  Verdict.SUSPICIOUS,
                  List.of(
                      new Finding(
                          "m.bin", 2, Finding.Kind.SUSPICIOUS, Optional.empty(), "It is bad.")))),
          3);

  @Test
  void nothingFoundIsClean() {
    assertThat(Policy.CAREFUL.judge(GOOD, NONE)).isEqualTo(new Scan(ScanStatus.CLEAN, List.of()));
  }

  @Test
  void aSuspiciousPickleIsRefusedWarnedOrAllowedAsTheRuleSays() {
    List<String> words = List.of("m.bin, byte 2: It is bad.");

    assertThat(new Policy(Rule.REFUSE, Rule.ALLOW).judge(BAD, NONE))
        .isEqualTo(new Scan(ScanStatus.REFUSED, words));
    assertThat(new Policy(Rule.WARN, Rule.REFUSE).judge(BAD, NONE))
        .isEqualTo(new Scan(ScanStatus.WARNED, words));
    assertThat(new Policy(Rule.ALLOW, Rule.REFUSE).judge(BAD, NONE).status())
        .isEqualTo(ScanStatus.CLEAN);
  }

  @Test
  void aRepositoryThatNeedsItsOwnCodeIsMarked() throws Exception {
    JsonNode config =
        Wire.mapper()
            .readTree(
                "{\"auto_map\":{\"AutoModel\":\"m.M\",\"AutoTokenizer\":[\"a/b--t.T\",null]}}");

    RemoteCode code = RemoteCode.of(Map.of("config.json", config), List.of("m.py", "x.json"));

    assertThat(code.inWords())
        .containsExactly(
            "It needs trust_remote_code: config.json names a/b--t.T.",
            "It needs trust_remote_code: config.json names m.M.",
            "It has Python files: m.py.");
    assertThat(Policy.CAREFUL.judge(GOOD, code).status()).isEqualTo(ScanStatus.WARNED);
    assertThat(new Policy(Rule.ALLOW, Rule.REFUSE).judge(GOOD, code).status())
        .isEqualTo(ScanStatus.REFUSED);
  }

  @Test
  void pythonFilesThatNothingNamesAreNotNeeded() {
    assertThat(RemoteCode.of(Map.of(), List.of("convert.py")).needed()).isFalse();
  }

  @Test
  void filesAreJudgedByTheirContentAndTheirConfigurations(@TempDir Path folder) throws Exception {
    Path weights = Files.write(folder.resolve("0"), new byte[] {(byte) 0x80, 2, ']', '.'});
    Path config = Files.writeString(folder.resolve("1"), "{\"auto_map\":{\"A\":\"m.M\"}}");
    Path text = Files.writeString(folder.resolve("2"), "# A model\n");

    Judgement open =
        Judgement.of(Map.of("weights.dat", weights, "sub/x_config.json", config), Policy.CAREFUL);
    Judgement plain = Judgement.of(Map.of("README.md", text), Policy.CAREFUL);

    assertThat(open.pickles()).isTrue();
    assertThat(open.itsOwnCode()).isTrue();
    assertThat(open.scan().findings())
        .containsExactly("It needs trust_remote_code: sub/x_config.json names m.M.");
    assertThat(open.refused()).isFalse();
    assertThat(plain).isEqualTo(new Judgement(new Scan(ScanStatus.CLEAN, List.of()), false, false));
  }

  @Test
  void aConfigurationThatIsNoJsonSaysNothing(@TempDir Path folder) throws Exception {
    Path config = Files.writeString(folder.resolve("0"), "{\"auto_map\":");

    assertThat(RemoteCode.read(Map.of("config.json", config)).needed()).isFalse();
  }
}
