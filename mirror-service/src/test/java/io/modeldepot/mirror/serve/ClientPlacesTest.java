package io.modeldepot.mirror.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ClientPlacesTest {
  private static ClientPlaces of(int most) {
    return new ClientPlaces(
        new ServeSettings() {
          @Override
          public int transfersPerClient() {
            return most;
          }

          @Override
          public Duration arrivalPatience() {
            return Duration.ZERO;
          }
        });
  }

  @Test
  void anAddressHasSoManyPlacesAndAnotherHasItsOwn() {
    ClientPlaces places = of(2);

    assertThat(places.take("a")).isPresent();
    assertThat(places.take("a")).isPresent();
    assertThat(places.take("a")).isEmpty();
    assertThat(places.take("b")).isPresent();
  }

  @Test
  void aPlaceThatIsGivenBackTwiceIsOnePlace() {
    ClientPlaces places = of(2);
    ClientPlaces.Place first = places.take("a").orElseThrow();
    assertThat(places.take("a")).isPresent();

    first.leave();
    first.leave();

    assertThat(places.take("a")).isPresent();
    assertThat(places.take("a")).isEmpty();
  }

  @Test
  void aRefusedAddressTakesNothing() {
    ClientPlaces places = of(1);
    ClientPlaces.Place only = places.take("a").orElseThrow();
    for (int i = 0; i < 10; i++) {
      assertThat(places.take("a")).isEmpty();
    }

    only.leave();

    assertThat(places.take("a")).isPresent();
  }

  @Test
  void zeroIsAnyNumber() {
    ClientPlaces places = of(0);
    for (int i = 0; i < 1000; i++) {
      assertThat(places.take("a")).isPresent();
    }
  }

  @Test
  void takersAtATimeNeverHaveMoreThanThereAre() throws Exception {
    ClientPlaces places = of(8);
    List<Future<Optional<ClientPlaces.Place>>> takers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        takers.add(threads.submit(() -> places.take("a")));
      }
    }
    List<ClientPlaces.Place> taken = new ArrayList<>();
    for (var taker : takers) {
      taker.get().ifPresent(taken::add);
    }

    assertThat(taken).hasSize(8);
    taken.forEach(ClientPlaces.Place::leave);
    for (int i = 0; i < 8; i++) {
      assertThat(places.take("a")).isPresent();
    }
  }
}
