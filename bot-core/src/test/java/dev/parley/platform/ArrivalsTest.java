package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals<String> arrivals = new Arrivals<>();
  private final AtomicReference<String> number = new AtomicReference<>();

  @Test
  void whatArrivesWhileItIsLookedForIsFound() {
    Arrivals<String>.Arrival arrival = arrivals.begin("here");
    Supplier<Optional<String>> look =
        () -> {
          Optional<String> found = known();
          number.set("7"); // it arrives just after the look, and before the wait
          arrival.close();
          return found;
        };

    assertThat(arrivals.find("here"::equals, look)).contains("7");
  }

  @Test
  void whatIsUnderWayIsWaitedFor() {
    Arrivals<String>.Arrival arrival = arrivals.begin("here");
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () -> {
              number.set("7");
              arrival.close();
            });

    assertThat(arrivals.find("here"::equals, this::known)).contains("7");
    sent.join();
  }

  @Test
  void whatIsUnderWayElsewhereIsNotWaitedFor() {
    try (var _ = arrivals.begin("there")) {
      assertThat(arrivals.find("here"::equals, this::known)).isEmpty();
    }
  }

  private Optional<String> known() {
    return Optional.ofNullable(number.get());
  }
}
