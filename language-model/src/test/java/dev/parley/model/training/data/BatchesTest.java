package dev.parley.model.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void theLongestExamplesArePackedFirstEachWhereItFitsFirst() {
    List<EncodedExample> examples =
        IntStream.of(2, 5, 7, 3, 4).mapToObj(length -> example(length, length)).toList();

    List<Packed> rows = Packing.together(examples, 10);

    assertThat(rows)
        .extracting(row -> Arrays.toString(row.segmentLengths()))
        .containsExactly("[7, 3]", "[5, 4]", "[2]");
    assertThat(rows.getFirst().ids()).containsExactly(7, 7, 7, 7, 7, 7, 7, 3, 3, 3);
    assertThat(rows.getFirst().trained())
        .containsExactly(false, true, true, true, true, true, true, false, true, true);
  }

  @Test
  void anExampleLongerThanARowIsRefused() {
    assertThatThrownBy(() -> Packing.together(List.of(example(11, 1)), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11 tokens");
    assertThat(Packing.together(List.of(), 10)).isEmpty();
  }

  /** Against first-fit decreasing written out plainly. */
  @Property(tries = 200)
  void packedRowsAreThoseOfThePlainRule(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
    Random random = new Random(seed);
    List<EncodedExample> examples =
        IntStream.range(0, count).mapToObj(i -> example(random.nextInt(1, 33), i)).toList();
    int[] room = new int[count];
    Arrays.fill(room, 32);
    int rows = 0;
    for (int length :
        examples.stream().mapToInt(each -> -each.length()).sorted().map(each -> -each).toArray()) {
      int row = 0;
      while (room[row] < length) {
        row++;
      }
      room[row] -= length;
      rows = Math.max(rows, row + 1);
    }

    List<Packed> packed = Packing.together(examples, 32);

    assertThat(packed.stream().mapToInt(row -> 32 - row.length()))
        .containsExactly(Arrays.stream(room, 0, rows).boxed().toArray(Integer[]::new));
    assertThat(packed.stream().flatMapToInt(row -> Arrays.stream(row.ids())).distinct())
        .hasSize(count);
  }

  @Test
  void everyEpochHasEachRowOnceInAnOrderOfItsOwn() {
    List<Integer> rows = IntStream.range(0, 1003).boxed().toList();
    Batches<Integer> batches = new Batches<>(rows, row -> row % 50, 8, 42);

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
  void theSameSeedAndEpochGiveTheSameBatches() {
    List<Integer> rows = IntStream.range(0, 20).boxed().toList();

    assertThat(new Batches<>(rows, row -> 1, 4, 7).epoch(3))
        .isEqualTo(new Batches<>(rows, row -> 1, 4, 7).epoch(3))
        .isNotEqualTo(new Batches<>(rows, row -> 1, 4, 8).epoch(3));
  }

  @Test
  void rowsOfABatchAreOfSimilarLength() {
    List<Integer> lengths = new Random(1).ints(3200, 1, 1000).boxed().toList();

    List<List<Integer>> batches = new Batches<>(lengths, length -> length, 10, 1).epoch(0);

    long padded =
        batches.stream()
            .mapToLong(batch -> 10L * batch.stream().max(Integer::compare).orElseThrow())
            .sum();
    assertThat(padded).isLessThan(lengths.stream().mapToLong(each -> each).sum() * 11 / 10);
  }

  @Test
  void rowsArePaddedToTheLongest() {
    List<Packed> rows = Packing.alone(List.of(example(2, 5), example(3, 6)));

    PaddedBatch batch = PaddedBatch.of(rows, 0);

    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.length()).isEqualTo(3);
    assertThat(batch.ids()).containsExactly(5, 5, 0, 6, 6, 6);
    assertThat(batch.trained()).containsExactly(false, true, false, false, true, true);
    assertThat(batch.segmentLengths().get(1)).containsExactly(3);
  }

  private static EncodedExample example(int length, int token) {
    int[] ids = new int[length];
    Arrays.fill(ids, token);
    boolean[] trained = new boolean[length];
    Arrays.fill(trained, true);
    return new EncodedExample(ids, trained, false);
  }
}
