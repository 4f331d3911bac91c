package dev.parley.training;

import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.LoraOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the operator asked for.
 *
 * @param data files of JSON lines
 * @param out where what is learned goes; empty takes a folder of its own
 * @param lora how the matrices of low rank are; empty trains all weights
 * @param maxTokens most tokens of a sequence
 * @param heldOut share of the questions that are not learned from
 * @param leaveOutBadLines whether lines that cannot be used are left out, rather than refused
 * @param agreed whether the operator agreed to the cost beforehand
 */
public record TrainingRequest(
    List<Path> data,
    Optional<Path> out,
    Optional<LoraOptions> lora,
    TrainingOptions options,
    int maxTokens,
    double heldOut,
    boolean leaveOutBadLines,
    boolean agreed) {
  public TrainingRequest {
    data = List.copyOf(data);
    if (data.isEmpty()) {
      throw new IllegalArgumentException("there is no data to train from");
    }
    if (maxTokens < 2) {
      throw new IllegalArgumentException("a sequence has at least 2 tokens, found " + maxTokens);
    }
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "the share that is held out is from 0 to less than 1, found " + heldOut);
    }
  }

  /** Everything that changes what is learned from the same data, the same in every process. */
  String fingerprint() {
    String what =
        lora.map(
                some ->
                    "rank %d alpha %s dropout %s targets %s seed %d"
                        .formatted(
                            some.rank(),
                            some.alpha(),
                            some.dropout(),
                            new TreeSet<>(some.targets()),
                            some.seed()))
            .orElse("all weights");
    return "%s; %s; %d tokens; %s held out".formatted(what, options, maxTokens, heldOut);
  }
}
