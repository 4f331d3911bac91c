package dev.parley.model.transformer;

import ai.djl.Device;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On what a network runs and how its memory is used, as decided at the start. Immutable.
 *
 * @param card which one, from 0; 0 on a processor
 * @param slots sequences the KV cache has room for
 * @param slotLength tokens of each
 * @param batched whether a step computes all sequences together and draws their tokens too, in as
 *     many operations whatever their number: right for a card, which starts each one late
 * @param note a sentence for the operator where less fits than was wanted; may be empty
 */
public record MemoryPlan(
    Processor processor,
    int card,
    Weights weights,
    int slots,
    int slotLength,
    boolean batched,
    String note) {

  private static final Logger log = LoggerFactory.getLogger(MemoryPlan.class);

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
   * Plans for what is there: for every card that the network fits on, or for the processor.
   *
   * @param weights the operator's choice; else what suits
   * @param slots likewise, on each card; else as many as fit there, some on a processor
   * @param slotLength likewise; the model's context length bounds it
   * @throws IllegalStateException where the processor is not there, or the network fits nowhere
   */
  public static List<MemoryPlan> of(
      Checkpoint checkpoint,
      Processor processor,
      Optional<Weights> weights,
      OptionalInt slots,
      OptionalInt slotLength) {
    processor.check();
    if (processor == Processor.CUDA) {
      return of(Card.all(), CardFootprint.of(checkpoint.config()), weights, slots, slotLength);
    }
    int length = Math.min(slotLength.orElse(USUAL_LENGTH), checkpoint.config().contextLength());
    return List.of(
        onCpu(weights.orElseGet(processor::usualWeights), slots.orElse(USUAL_SLOTS), length));
  }

  /** Leaves out cards that the network does not fit on, unless there are no others. */
  static List<MemoryPlan> of(
      List<Card> cards,
      CardFootprint network,
      Optional<Weights> weights,
      OptionalInt slots,
      OptionalInt slotLength) {
    List<Card> fitting =
        cards.stream().filter(card -> Room.on(card, network, weights).canLoad()).toList();
    for (Card card : cards) {
      if (!fitting.isEmpty() && !fitting.contains(card)) {
        log.warn("Left out: {}", tooLarge(card, Room.on(card, network, weights)));
      }
    }
    return (fitting.isEmpty() ? cards : fitting)
        .stream().map(card -> of(card, network, weights, slots, slotLength)).toList();
  }

  /** Whether projections are packed by FBGEMM, which works on processors and fp16 alone. */
  boolean packed() {
    return processor == Processor.CPU && weights == Weights.FP16 && !batched;
  }

  /** Bytes of a number in the KV cache: fp32 beside packed weights, else as wide as the weights. */
  int cacheBytes() {
    return packed() ? Float.BYTES : weights.bytes();
  }

  Device device() {
    return processor == Processor.CUDA ? Device.gpu(card) : Device.cpu();
  }

  static MemoryPlan of(
      Card card,
      CardFootprint network,
      Optional<Weights> wantedWeights,
      OptionalInt wantedSlots,
      OptionalInt wantedLength) {
    Room room = Room.on(card, network, wantedWeights);
    Weights weights = room.weights();
    if (!room.canLoad()) {
      throw new IllegalStateException(tooLarge(card, room));
    }
    int length = Math.min(wantedLength.orElseGet(room::usualLength), network.contextLength());
    length = room.slots(length) > 0 ? length : room.longest();
    int slots = (int) Math.min(wantedSlots.orElse(MOST_SLOTS), room.slots(length));
    boolean cut =
        slots < wantedSlots.orElse(0)
            || length < Math.min(wantedLength.orElse(0), network.contextLength());
    return new MemoryPlan(
        Processor.CUDA,
        card.number(),
        weights,
        slots,
        length,
        true,
        cut ? note(card, network, weights, slots, length) : "");
  }

  /** The same for tests of the batched steps on a processor, which has the operations as well. */
  public MemoryPlan asBatched() {
    return new MemoryPlan(processor, card, weights, slots, slotLength, true, note);
  }

  private static String note(
      Card card, CardFootprint network, Weights weights, int slots, int length) {
    return String.format(
        Locale.ROOT,
        "%s has %s free and the weights take %s: there is room for %s of %,d tokens.",
        card.name(),
        gigabytes(card.free()),
        gigabytes(network.weightBytes(weights)),
        slots == 1 ? "1 answer" : slots + " answers",
        length);
  }

  private static String tooLarge(Card card, Room room) {
    CardFootprint network = room.network();
    Weights weights = room.weights();
    long needed =
        RESERVE
            + network.weightBytes(weights)
            + Math.max(network.loadingBytes(), room.bytes(SHORTEST));
    return ("The model needs %s in %s, and %s has %s of its %s free: take a smaller model, end what"
            + " else uses the card, or set the processor to cpu.")
        .formatted(
            gigabytes(needed),
            weights.name().toLowerCase(Locale.ROOT),
            card.name(),
            gigabytes(card.free()),
            gigabytes(card.total()));
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /**
   * What is left beside the weights.
   *
   * @param bytes may be negative
   */
  private record Room(CardFootprint network, Weights weights, long bytes) {
    static Room on(Card card, CardFootprint network, Optional<Weights> wanted) {
      Weights weights = wanted.orElseGet(card::usualWeights);
      return new Room(network, weights, card.free() - RESERVE - network.weightBytes(weights));
    }

    boolean canLoad() {
      return bytes >= network.loadingBytes() && slots(SHORTEST) > 0;
    }

    /** How many slots of a length fit. */
    long slots(int length) {
      long left = bytes - network.readingBytes(weights, length);
      return Math.max(0, left / network.slotBytes(weights, length));
    }

    /** Bytes of one slot alone. */
    long bytes(int length) {
      return network.readingBytes(weights, length) + network.slotBytes(weights, length);
    }

    /** Long conversations where that leaves room for some people. */
    int usualLength() {
      int length = LONGEST;
      while (length > USUAL_LENGTH && slots(length) < USUAL_SLOTS) {
        length /= 2;
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
