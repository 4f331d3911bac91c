package dev.parley.training;

import dev.parley.model.ranking.RankerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the operator asked for, of a response ranker.
 *
 * @param data files of JSON lines
 * @param out where what is learned goes; empty takes a folder of its own
 * @param taught whether the model teaches what texts mean
 * @param heldOut share of the first questions whose dialogues are not learned from
 * @param leaveOutBadLines whether lines that cannot be used are left out, rather than refused
 * @param agreed whether the operator agreed to the cost beforehand
 */
public record RankingRequest(
    List<Path> data,
    Optional<Path> out,
    RankerOptions options,
    boolean taught,
    double heldOut,
    boolean leaveOutBadLines,
    boolean agreed) {
  public RankingRequest {
    data = List.copyOf(data);
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "the share that is held out is from 0 to less than 1, found " + heldOut);
    }
  }

  /** Everything that changes what is learned from the same data, the same in every process. */
  String fingerprint() {
    return "%s; %s; %s held out".formatted(options, taught ? "taught" : "alone", heldOut);
  }
}
