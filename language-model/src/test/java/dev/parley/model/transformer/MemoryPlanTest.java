package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import dev.parley.model.transformer.TransformerConfig.Layer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On cards of the usual sizes: about what each has in all, and free while nothing else runs,
 * written down from memory and not read from a card.
 */
class MemoryPlanTest {
  enum Known {
    GTX_1080(61, 8_510_701_568L, 8_395_751_424L),
    RTX_2080_TI(75, 11_543_379_968L, 11_374_297_088L),
    RTX_3060(86, 12_622_168_064L, 12_476_153_856L),
    T4(75, 15_828_320_256L, 15_720_251_392L),
    A100_40(80, 42_298_834_944L, 41_880_256_512L),
    A100_80(80, 85_100_068_864L, 84_521_189_376L),
    H100(90, 85_045_542_912L, 84_505_198_592L);

    private final int computeCapability;
    private final long total;
    private final long free;

    Known(int computeCapability, long total, long free) {
      this.computeCapability = computeCapability;
      this.total = total;
      this.free = free;
    }

    Card card() {
      return card(0);
    }

    Card card(int number) {
      return new Card(number, name(), computeCapability, total, free);
    }
  }

  /** A context length that bounds nothing. */
  private static final int ANY = Integer.MAX_VALUE;

  private static final MemoryPlan.Wanted AUTO = auto(OptionalInt.empty(), ANY);

  private static final TransformerConfig SMALL = shape(576, 9, 3, 64, 1_536, 49_152, 30, 8_192);
  private static final TransformerConfig SEVEN_B =
      shape(4_096, 32, 32, 128, 11_008, 32_000, 32, 4_096);
  private static final TransformerConfig THIRTEEN_B =
      shape(5_120, 40, 40, 128, 13_824, 32_000, 40, 4_096);

  /** Of Llama 2: 6.74 and 13.02 thousand million, of which the embedding has 0.13 and 0.16. */
  @Test
  void weightsAreCountedButForTheEmbedding() {
    long norms7 = (2 * 32 + 1) * 4_096 * 4L;
    long norms13 = (2 * 40 + 1) * 5_120 * 4L;
    assertThat(weightBytes(SEVEN_B, Weights.FP16)).isEqualTo(6_607_077_376L * 2 + norms7);
    assertThat(weightBytes(THIRTEEN_B, Weights.FP16)).isEqualTo(12_851_609_600L * 2 + norms13);
    assertThat(Footprint.cachePerToken(SEVEN_B, 2)).isEqualTo(512 * 1_024);
  }

  @ParameterizedTest
  @CsvSource({
    "GTX_1080, FP16",
    "RTX_2080_TI, FP16",
    "T4, FP16",
    "RTX_3060, BF16",
    "A100_40, BF16",
    "H100, BF16"
  })
  void cardsBeforeAmpereHaveNoBf16(Known known, Weights weights) {
    assertThat(free(known, SMALL).weights()).isEqualTo(weights);
  }

  /** Free bytes less weights and reserve, divided by what a slot takes. */
  @ParameterizedTest
  @CsvSource({
    "GTX_1080, 38, 8192",
    "RTX_2080_TI, 53, 8192",
    "RTX_3060, 59, 8192",
    "T4, 76, 8192",
    "A100_40, 213, 8192",
    "A100_80, 256, 8192",
    "H100, 256, 8192",
  })
  void aSmallModelHasAsManySlotsAsFit(Known known, int slots, int length) {
    MemoryPlan plan = free(known, SMALL);

    assertThat(plan.slots()).isEqualTo(slots);
    assertThat(plan.slotLength()).isEqualTo(length);
    assertThat(plan.note()).isEmpty();
    assertThat(plan.batched()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"T4, 1, 2048", "A100_40, 12, 4096", "A100_80, 32, 4096", "H100, 32, 4096"})
  void aModelOf7BHasAsManySlotsAsFit(Known known, int slots, int length) {
    MemoryPlan plan = free(known, SEVEN_B);

    assertThat(plan.slots()).isEqualTo(slots);
    assertThat(plan.slotLength()).isEqualTo(length);
  }

  /** Where eight long conversations do not fit they are made shorter. */
  @Test
  void aModelOf13BHasShorterSlotsOn40Gigabytes() {
    MemoryPlan plan = free(Known.A100_40, THIRTEEN_B);

    assertThat(plan.slotLength()).isEqualTo(2_048);
    assertThat(plan.slots()).isBetween(8, 10);
  }

  @ParameterizedTest
  @EnumSource
  void aPlanNeverTakesMoreThanIsFree(Known known) {
    for (TransformerConfig network : List.of(SMALL, SEVEN_B, THIRTEEN_B)) {
      for (int length : new int[] {64, 512, 2_048, 8_192}) {
        for (int slots : new int[] {1, 8, 256}) {
          long needed = weightBytes(network, Weights.FP16) + Footprint.loading(network, false, 3);
          if (needed + 1_500_000_000L < known.free) {
            MemoryPlan plan = plan(known, network, slots, length);
            int bytes = plan.weights().bytes();
            long perToken =
                plan.slots() * Footprint.cachePerToken(network, bytes)
                    + 2 * network.queryWidth() * bytes;
            long taken =
                weightBytes(network, plan.weights())
                    + perToken * plan.slotLength()
                    + 48L * plan.slots() * network.vocabulary();
            assertThat(taken).isLessThan(known.free - 700_000_000);
            assertThat(plan.slots()).isBetween(1, slots);
          }
        }
      }
    }
  }

  @Test
  void whatTheOperatorSetsStaysWhereItFits() {
    MemoryPlan plan = plan(Known.A100_40, SEVEN_B, 16, 2_048);

    assertThat(plan.slots()).isEqualTo(16);
    assertThat(plan.slotLength()).isEqualTo(2_048);
    assertThat(plan.note()).isEmpty();
  }

  @Test
  void slotsThatDoNotFitAreCutAndOneSentenceSaysSo() {
    MemoryPlan plan = plan(Known.A100_40, SEVEN_B, 64, 4_096);

    assertThat(plan.slots()).isEqualTo(12);
    assertThat(plan.note())
        .isEqualTo(
            "A100_40 has 41.9 GB free and the weights take 13.2 GB: there is room for 12 answers"
                + " of 4,096 tokens.");
  }

  @Test
  void aLengthOfWhichNotOneFitsIsCut() {
    MemoryPlan plan = plan(Known.T4, SEVEN_B, 4, 4_096);

    assertThat(plan.slots()).isEqualTo(1);
    assertThat(plan.slotLength()).isBetween(2_048, 3_840);
    assertThat(plan.note()).contains("room for 1 answer of");
  }

  /** Of 8,192 tokens 76 fit on a T4, of 4,096 more than a hundred. */
  @ParameterizedTest
  @CsvSource({"32, 8192", "100, 4096", "256, 2048"})
  void anAutomaticLengthLeavesRoomForTheSlotsThatAreWanted(int slots, int length) {
    MemoryPlan plan = plan(Known.T4.card(), SMALL, auto(OptionalInt.of(slots), ANY));

    assertThat(plan.slots()).isEqualTo(slots);
    assertThat(plan.slotLength()).isEqualTo(length);
    assertThat(plan.note()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024", "4096, 4096", "20000, 8192"})
  void whatTheModelIsGoodForBoundsAnAutomaticLength(int contextLength, int length) {
    MemoryPlan plan = plan(Known.T4.card(), SMALL, auto(OptionalInt.empty(), contextLength));

    assertThat(plan.slotLength()).isEqualTo(length);
    assertThat(plan.note()).isEmpty();
  }

  /** fp32 has twice the weights and twice the cache. */
  @Test
  void thePrecisionCanBeChosen() {
    MemoryPlan plan =
        plan(
            Known.A100_80.card(),
            SEVEN_B,
            new MemoryPlan.Wanted(
                Optional.of(Weights.FP32), OptionalInt.empty(), OptionalInt.of(4_096), ANY));

    assertThat(plan.weights()).isEqualTo(Weights.FP32);
    assertThat(plan.slots()).isEqualTo(13);
  }

  @Test
  void weightsThatDoNotFitAreRefusedWithWhatToDo() {
    assertThatThrownBy(() -> free(Known.RTX_3060, SEVEN_B))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The model needs 15.6 GB in bf16, and RTX_3060 has 12.5 GB of its 12.6 GB free: take a"
                + " smaller model, end what else uses the card, or set the processor to cpu.");
    assertThatThrownBy(() -> free(Known.T4, THIRTEEN_B)).hasMessageContaining("fp16");
  }

  @Test
  void aCardThatOthersUseCountsByWhatIsFree() {
    Card card = Known.H100.card();
    Card busy = new Card(0, "busy", card.computeCapability(), card.total(), 1_000_000_000);

    assertThatThrownBy(() -> plan(busy, SEVEN_B, AUTO))
        .hasMessageContaining("busy has 1.0 GB of its 85.0 GB free");
  }

  @Test
  void aCardThatTheModelDoesNotFitOnIsLeftOut() {
    List<MemoryPlan> plans =
        all(List.of(Known.T4.card(0), Known.RTX_3060.card(1), Known.A100_40.card(2)));

    assertThat(plans).extracting(MemoryPlan::card).containsExactly(0, 2);
    assertThat(plans).extracting(MemoryPlan::slots).containsExactly(1, 12);
    assertThat(plans.getFirst().note())
        .isEqualTo("RTX_3060 is not used: it has 12.5 GB free, and the model needs 15.6 GB.");
    assertThatThrownBy(() -> all(List.of(Known.RTX_3060.card(), Known.GTX_1080.card())))
        .hasMessageContaining("RTX_3060 has 12.5 GB");
  }

  private static MemoryPlan.Wanted auto(OptionalInt slots, int contextLength) {
    return new MemoryPlan.Wanted(Optional.empty(), slots, OptionalInt.empty(), contextLength);
  }

  private static List<MemoryPlan> all(List<Card> cards) {
    return MemoryPlan.of(cards, SEVEN_B, false, AUTO);
  }

  private static MemoryPlan free(Known known, TransformerConfig network) {
    return plan(known.card(), network, AUTO);
  }

  private static MemoryPlan plan(Known known, TransformerConfig network, int slots, int length) {
    return plan(
        known.card(),
        network,
        new MemoryPlan.Wanted(
            Optional.empty(), OptionalInt.of(slots), OptionalInt.of(length), ANY));
  }

  private static MemoryPlan plan(Card card, TransformerConfig network, MemoryPlan.Wanted wanted) {
    return MemoryPlan.of(List.of(card), network, false, wanted).getFirst();
  }

  private static long weightBytes(TransformerConfig network, Weights weights) {
    return Footprint.weights(network, false, weights, 1);
  }

  private static TransformerConfig shape(
      int width,
      int heads,
      int kvHeads,
      int headDim,
      int feedForward,
      int vocabulary,
      int layers,
      int context) {
    return new TransformerConfig(
        Family.LLAMA,
        width,
        heads,
        kvHeads,
        headDim,
        feedForward,
        vocabulary,
        context,
        1e-5,
        1 / Math.sqrt(headDim),
        1,
        List.of(),
        Collections.nCopies(layers, new Layer(Layer.NO_ROTARY, 0)),
        Set.of());
  }
}
