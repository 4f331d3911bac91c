package dev.parley.model.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void everyEpochHasEachRowOnceInAnOrderOfItsOwn() {
    List<Integer> rows = IntStream.range(0, 1003).boxed().toList();
    Batches<Integer> batches = new Batches<>(rows, 8, 42);

    Set<List<List<Integer>>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      List<List<Integer>> found = batches.epoch(epoch);
      assertThat(found).hasSize(batches.stepsPerEpoch());
      assertThat(found.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(rows);
      orders.add(found);
    }
    assertThat(orders).hasSize(3);
  }

  @Test
  void rowsOfAGroupFollowEachOther() {
    List<Integer> rows = IntStream.range(0, 20).boxed().toList();

    List<Integer> order =
        new Batches<>(rows, row -> row % 5, 3, 7)
            .epoch(2).stream().flatMap(List::stream).map(row -> row % 5).toList();

    assertThat(order).hasSize(20);
    assertThat(IntStream.range(1, 20).filter(i -> !order.get(i).equals(order.get(i - 1))))
        .hasSize(4);
  }

  @Test
  void theSameSeedAndEpochGiveTheSameBatches() {
    List<Integer> rows = IntStream.range(0, 20).boxed().toList();

    assertThat(new Batches<>(rows, 4, 7).epoch(3))
        .isEqualTo(new Batches<>(rows, 4, 7).epoch(3))
        .isNotEqualTo(new Batches<>(rows, 4, 8).epoch(3));
  }
}
