package dev.parley.learning;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A state of the model that was trained.
 *
 * @param id its number
 * @param name unlike every other; recorded with every answer
 * @param parent from which it was trained; empty for the operator's own model
 * @param kind of training, such as {@code sft}
 * @param folder what is loaded
 * @param dataHash of what it learnt
 * @param settings of the training, JSON
 * @param metrics of the training, JSON
 * @param verdict of its examination
 * @param figures of its examination, JSON
 * @param state what became of it
 * @param share of the conversations that get it while it is tried, in percent
 * @param triedAt since when it is tried, or was the last time
 * @param createdAt when it was kept
 */
public record Version(
    VersionId id,
    String name,
    Optional<VersionId> parent,
    String kind,
    Path folder,
    String dataHash,
    String settings,
    String metrics,
    Verdict verdict,
    String figures,
    VersionState state,
    int share,
    Optional<Instant> triedAt,
    Instant createdAt) {}
