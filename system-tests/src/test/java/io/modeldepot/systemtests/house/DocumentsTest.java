package io.modeldepot.systemtests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#\\s]+)");
  private static final Pattern MAKE = Pattern.compile("`make ([a-z-]+)");
  private static final Pattern SCRIPT = Pattern.compile("(scripts/[a-z-]+\\.sh)");

  @Test
  void linksLeadSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path document : House.documents()) {
      Matcher link = LINK.matcher(House.read(document));
      while (link.find()) {
        Path target = document.resolveSibling(link.group(1)).normalize();
        if (!Files.exists(target)) {
          broken.add(document + " -> " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void makeTargetsExist() {
    String makefile = House.read(House.root().resolve("Makefile"));
    Set<String> missing = new TreeSet<>();
    for (Path document : House.documents()) {
      Matcher target = MAKE.matcher(House.read(document));
      while (target.find()) {
        if (!Pattern.compile("(?m)^" + target.group(1) + ":").matcher(makefile).find()) {
          missing.add(document + " -> make " + target.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void scriptsExist() {
    Set<String> missing = new TreeSet<>();
    for (Path document : House.documents()) {
      Matcher script = SCRIPT.matcher(House.read(document));
      while (script.find()) {
        if (!Files.isExecutable(House.root().resolve(script.group(1)))) {
          missing.add(document + " -> " + script.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
