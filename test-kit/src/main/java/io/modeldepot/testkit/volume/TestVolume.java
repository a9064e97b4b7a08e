package io.modeldepot.testkit.volume;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.volume.Setup;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh volume for every test: {@code @RegisterExtension final TestVolume volume = new
 * TestVolume();}. After the test its invariants are checked and it is removed.
 */
public final class TestVolume implements BeforeEachCallback, AfterEachCallback {
  private final FaultyCalls calls = new FaultyCalls(new LinuxCalls());
  private @Nullable ModelStore store;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    Path root = Files.createTempDirectory("volume-");
    calls.heal();
    Setup.of(root, LocationName.of("default"), Clock.systemUTC(), calls);
    store = ModelStore.open(root, Optional.empty(), Clock.systemUTC(), calls);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    calls.heal();
    Path root = root();
    try {
      StoreInvariants.assertHoldAtAnyMoment(root);
    } finally {
      DirectoryTree.remove(new LinuxCalls(), root);
      store = null;
    }
  }

  /** The store on the volume, through {@link #calls}. */
  public ModelStore store() {
    if (store == null) {
      throw new IllegalStateException("There is a volume within a test only.");
    }
    return store;
  }

  /** The volume's directory: what MODELS_DIR is elsewhere. */
  public Path root() {
    return store().layout().root();
  }

  /** The calls of the volume: tell them what to refuse, ENOSPC for example. */
  public FaultyCalls calls() {
    return calls;
  }
}
