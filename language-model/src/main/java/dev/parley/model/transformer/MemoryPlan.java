package dev.parley.model.transformer;

import ai.djl.Device;
import dev.parley.model.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * On what a network runs and how its memory is used, as decided at the start. Immutable.
 *
 * @param card which one, from 0; 0 on a processor
 * @param slots sequences the KV cache has room for
 * @param slotLength tokens of each
 * @param batched whether a step computes all sequences together and draws their tokens too, in as
 *     many operations whatever their number: right for a card, which starts each one late
 * @param note sentences for the operator where less fits than was wanted; may be empty
 */
public record MemoryPlan(
    Processor processor,
    int card,
    Weights weights,
    int slots,
    int slotLength,
    boolean batched,
    String note) {

  /** Eight people at once, conversations of some thousand words. */
  public static final int USUAL_SLOTS = 8;

  public static final int USUAL_LENGTH = 2_048;

  private static final int MOST_SLOTS = 256;
  private static final int LONGEST = 8_192;
  private static final int SHORTEST = 256;

  /**
   * For the libraries' own memory, for what a step computes beside the logits, and for what does
   * not fit into the gaps.
   */
  private static final long RESERVE = 768_000_000;

  /** What the processor's memory is used for: it is taken as it is needed, so nothing is cut. */
  public static MemoryPlan onCpu(Weights weights, int slots, int slotLength) {
    return new MemoryPlan(Processor.CPU, 0, weights, slots, slotLength, false, "");
  }

  /**
   * What the operator wants of it.
   *
   * @param weights else what suits
   * @param slots on each card; else as many as fit there, some on a processor
   * @param slotLength else what leaves room for so many; the model's context length bounds it
   * @param contextLength bounds it too, where it is less than the file says
   */
  public record Wanted(
      Optional<Weights> weights, OptionalInt slots, OptionalInt slotLength, int contextLength) {}

  /**
   * Plans for what is there: for every card that the network fits on, or for the processor.
   *
   * @throws ModelException where the processor is not there, or the network fits nowhere
   */
  public static List<MemoryPlan> of(Checkpoint checkpoint, Processor processor, Wanted wanted) {
    processor.check();
    TransformerConfig config = checkpoint.config();
    if (processor == Processor.CUDA) {
      return of(Card.all(), config, checkpoint.transposed(), wanted);
    }
    Weights weights = wanted.weights().orElseGet(processor::usualWeights);
    int length = Math.min(wanted.slotLength().orElse(USUAL_LENGTH), longest(config, wanted));
    return List.of(onCpu(weights, wanted.slots().orElse(USUAL_SLOTS), length));
  }

  /** Leaves out cards that the network does not fit on, which the first plan's note says. */
  static List<MemoryPlan> of(
      List<Card> cards, TransformerConfig config, boolean transposed, Wanted wanted) {
    List<Room> rooms =
        cards.stream().map(card -> Room.on(card, config, transposed, wanted)).toList();
    List<MemoryPlan> plans =
        rooms.stream().filter(Room::canLoad).map(room -> of(room, wanted)).toList();
    if (plans.isEmpty()) {
      throw new ModelException(tooLarge(rooms.getFirst()));
    }
    String note =
        Stream.concat(
                rooms.stream().filter(room -> !room.canLoad()).map(MemoryPlan::notUsed),
                Stream.of(plans.getFirst().note()).filter(cut -> !cut.isEmpty()))
            .collect(Collectors.joining(" "));
    return Stream.concat(Stream.of(plans.getFirst().withNote(note)), plans.stream().skip(1))
        .toList();
  }

  private static int longest(TransformerConfig config, Wanted wanted) {
    return Math.min(config.contextLength(), wanted.contextLength());
  }

  /** Whether projections are packed by FBGEMM, which works on processors and fp16 alone. */
  boolean packed() {
    return processor == Processor.CPU && weights == Weights.FP16 && !batched;
  }

  /** Bytes of a number in the KV cache: fp32 beside packed weights, else as wide as the weights. */
  int cacheBytes() {
    return packed() ? Float.BYTES : weights.bytes();
  }

  /** What the KV cache consists of, as libtorch numbers types. */
  int cacheType() {
    return packed() ? Weights.FP32.dtype : weights.dtype;
  }

  Device device() {
    return processor == Processor.CUDA ? Device.gpu(card) : Device.cpu();
  }

  private static MemoryPlan of(Room room, Wanted wanted) {
    int longest = longest(room.config(), wanted);
    int people = wanted.slots().orElse(USUAL_SLOTS);
    int asked = Math.min(wanted.slotLength().orElse(room.usualLength(people, longest)), longest);
    int length = room.slots(asked) > 0 ? asked : room.longest();
    int slots = (int) Math.min(wanted.slots().orElse(MOST_SLOTS), room.slots(length));
    boolean cut =
        slots < wanted.slots().orElse(0) || length < Math.min(wanted.slotLength().orElse(0), asked);
    return new MemoryPlan(
        Processor.CUDA,
        room.card().number(),
        room.weights(),
        slots,
        length,
        true,
        cut ? cut(room, slots, length) : "");
  }

  private MemoryPlan withNote(String text) {
    return new MemoryPlan(processor, card, weights, slots, slotLength, batched, text);
  }

  /** The same for tests of the batched steps on a processor, which has the operations as well. */
  public MemoryPlan asBatched() {
    return new MemoryPlan(processor, card, weights, slots, slotLength, true, note);
  }

  private static String cut(Room room, int slots, int length) {
    return String.format(
        Locale.ROOT,
        "%s has %s free and the weights take %s: there is room for %s of %,d tokens.",
        room.card().name(),
        gigabytes(room.card().free()),
        gigabytes(room.weightBytes(length)),
        slots == 1 ? "1 answer" : slots + " answers",
        length);
  }

  private static String notUsed(Room room) {
    return "%s is not used: it has %s free, and the model needs %s."
        .formatted(room.card().name(), gigabytes(room.card().free()), gigabytes(room.leastBytes()));
  }

  private static String tooLarge(Room room) {
    return ("The model needs %s in %s, and %s has %s of its %s free: take a smaller model, end what"
            + " else uses the card, or set the processor to cpu.")
        .formatted(
            gigabytes(room.leastBytes()),
            room.weights().name().toLowerCase(Locale.ROOT),
            room.card().name(),
            gigabytes(room.card().free()),
            gigabytes(room.card().total()));
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /** What a network takes of a card. */
  private record Room(Card card, TransformerConfig config, boolean transposed, Weights weights) {
    /** Of each logit in a step: itself, scaled, sorted with its place, weighed and summed. */
    private static final long BYTES_PER_LOGIT = 48;

    static Room on(Card card, TransformerConfig config, boolean transposed, Wanted wanted) {
      return new Room(card, config, transposed, wanted.weights().orElseGet(card::usualWeights));
    }

    boolean canLoad() {
      return card.free() >= leastBytes();
    }

    /** For a single short slot. */
    long leastBytes() {
      return RESERVE
          + weightBytes(SHORTEST)
          + Math.max(loadingBytes(), readingBytes(SHORTEST) + slotBytes(SHORTEST));
    }

    /** Bytes that stay taken. */
    long weightBytes(int length) {
      return Footprint.weights(config, false, weights, length);
    }

    private long loadingBytes() {
      return Footprint.loading(config, transposed, WeightLoader.MOST_HELPERS - 1);
    }

    /** Of each slot: its tokens, and the numbers of a step. */
    private long slotBytes(int length) {
      return Footprint.cachePerToken(config, weights.bytes()) * length
          + config.vocabulary() * BYTES_PER_LOGIT;
    }

    /** To read the end of a prompt that fills a slot, one prompt at a time: its keys and values. */
    private long readingBytes(int length) {
      return 2 * config.queryWidth() * weights.bytes() * length;
    }

    /** How many slots of a length fit. */
    long slots(int length) {
      long left = card.free() - RESERVE - weightBytes(length) - readingBytes(length);
      return Math.max(0, left / slotBytes(length));
    }

    /** Long conversations where that leaves room for so many people. */
    int usualLength(int people, int most) {
      int length = Math.min(LONGEST, most);
      while (length > USUAL_LENGTH && slots(length) < people) {
        length = Math.max(USUAL_LENGTH, length / 2);
      }
      return length;
    }

    /** The longest single slot, in steps. */
    int longest() {
      int length = SHORTEST;
      while (slots(length + SHORTEST) > 0) {
        length += SHORTEST;
      }
      return length;
    }
  }
}
