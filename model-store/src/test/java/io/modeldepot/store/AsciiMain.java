package io.modeldepot.store;

import io.modeldepot.events.state.Usage;
import io.modeldepot.events.state.UsageKind;
import java.nio.file.Path;
import java.util.List;

/** A process whose locale has no UTF-8 and that looks at everything on a volume. */
final class AsciiMain {
  private AsciiMain() {}

  public static void main(String[] args) throws Exception {
    ModelStore store = ModelStore.open(Path.of(args[0]));
    var known =
        store.contents().find(StoreFixture.digests(StoreFixture.large(1)).sha256(), (1 << 20) + 1);
    long current =
        store.accounts().report(List.of()).usage().stream()
            .filter(usage -> usage.kind() == UsageKind.CURRENT)
            .mapToLong(Usage::bytes)
            .sum();
    System.out.print(
        System.getProperty("sun.jnu.encoding")
            + " "
            + known.isPresent()
            + " "
            + (current > 1 << 20)
            + " "
            + store.publisher().isSettled(StoreFixture.MODEL));
  }
}
