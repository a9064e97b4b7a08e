package io.modeldepot.store.volume;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Volumes as other machines see them. */
public final class VolumeFixtures {
  private VolumeFixtures() {}

  /** The same volume, described as being on a network file system. */
  public static Volume onTheNetwork(Volume volume) throws IOException {
    Capabilities here = volume.capabilities();
    return describedAs(
        volume,
        new Capabilities(
            here.hardLinks(), here.exchange(), here.reflink(), here.fallocate(), true));
  }

  /** The same volume, described as being on a file system that cannot reserve space. */
  public static Volume withoutReservation(Volume volume) throws IOException {
    Capabilities here = volume.capabilities();
    return describedAs(
        volume,
        new Capabilities(here.hardLinks(), here.exchange(), here.reflink(), false, here.network()));
  }

  private static Volume describedAs(Volume volume, Capabilities capabilities) throws IOException {
    VolumeDescription old = volume.description();
    VolumeDescription other =
        new VolumeDescription(
            old.format(), old.volumeId(), old.location(), old.createdAt(), capabilities);
    Files.write(volume.layout().volumeFile(), Wire.write(other));
    return Volume.open(volume.root(), Optional.empty(), volume.calls());
  }

  /** Takes a claim over from a holder that stands still. */
  public static Claim takeOver(Volume volume, Claim claim) throws IOException {
    AtomicLong nanos = new AtomicLong();
    ClaimTimes times = new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
    Claims claims = new Claims(volume, "successor", times, nanos::get);
    claims.observe(claim.place());
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    return claims.takeOver(claim.place()).orElseThrow();
  }
}
