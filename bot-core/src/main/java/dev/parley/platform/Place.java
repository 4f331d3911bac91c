package dev.parley.platform;

import java.util.Optional;

/**
 * A place as the platform describes it with every event.
 *
 * @param id its id
 * @param kind private or not, which decides where Parley answers unasked
 * @param parent what its settings fall back to: the server of a channel, the channel of a thread
 * @param name for people; may be empty
 */
public record Place(PlaceId id, Kind kind, Optional<PlaceId> parent, String name) {
  /** What a place is. */
  public enum Kind {
    /** One person and Parley: everything said is for Parley. */
    PRIVATE,
    /** Many people: a channel or a group. */
    GROUP,
    /** A side room of a group: a thread or a topic. */
    THREAD
  }
}
