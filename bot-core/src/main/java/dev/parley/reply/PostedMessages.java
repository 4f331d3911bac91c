package dev.parley.reply;

import dev.parley.format.FormattedText;
import dev.parley.platform.Arrivals;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of a platform in which one reply stands, and where they stand below those of an
 * earlier one. Confined to one thread, but for what says otherwise.
 */
final class PostedMessages {
  private static final Logger log = LoggerFactory.getLogger(PostedMessages.class);

  /** Numbers the beginnings and the ends of posting, as they come. */
  private static final AtomicLong POSTS = new AtomicLong();

  private final ReplyChannel channel;
  private final String nonce;
  private final Supplier<? extends Arrivals<?>.Arrival> arriving;
  private final ReplyStream.PostedListener posted;

  private final List<String> ids = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private long highest; // when this reply began to post; 0 where an earlier process did
  private final List<String> overtaken = new ArrayList<>();
  private int used; // numbers of messages that were taken away
  private boolean attaching;

  private volatile long lowest; // when what was posted last was there; 0 before that
  private volatile @Nullable PostedMessages above;
  private final CompletableFuture<Void> placed = new CompletableFuture<>();

  /** What stands in one message; the Markdown of the file beside it. */
  record Part(FormattedText text, List<List<Button>> buttons, Optional<String> file) {}

  /**
   * @param already those of an interrupted try, in order: they are edited
   */
  PostedMessages(
      ReplyChannel channel,
      String nonce,
      List<String> already,
      Supplier<? extends Arrivals<?>.Arrival> arriving,
      ReplyStream.PostedListener posted) {
    this.channel = channel;
    this.nonce = nonce;
    this.arriving = arriving;
    this.posted = posted;
    for (String id : already) {
      ids.add(id);
      parts.add(new Part(FormattedText.plain(""), List.of(), Optional.empty()));
    }
  }

  boolean isEmpty() {
    return ids.isEmpty();
  }

  boolean areAlready(List<Part> wanted) {
    return parts.equals(wanted);
  }

  /** Whether the last change failed while it sent a file. */
  boolean isAttaching() {
    return attaching;
  }

  /** Complete once something stands where it belongs, in all its parts so far; for any thread. */
  CompletableFuture<Void> placed() {
    return placed;
  }

  /** Belongs below an earlier reply; for any thread. */
  void follow(PostedMessages earlier) {
    above = earlier;
  }

  /** Posts what is new and edits what changed. */
  void become(List<Part> wanted) throws PlatformException {
    attaching = false;
    for (int i = 0; i < wanted.size(); i++) {
      Part part = wanted.get(i);
      if (i == ids.size()) {
        post(i, new Part(part.text, part.buttons, Optional.empty()));
      }
      if (!parts.get(i).equals(part)) {
        edit(ids.get(i), part);
        parts.set(i, part);
      }
    }
    removeOvertaken();
    placed.complete(null);
  }

  /**
   * Lets go of what stands above something of an earlier reply, once that one has ended: it is
   * posted below, and taken away then. Of two that were posted at the same time, either may stand
   * above, so that this one goes below. A process that ends between the two finds both, as parts.
   */
  void stepDown() {
    PostedMessages earlier = above;
    if (earlier == null) {
      return;
    }
    if (!ids.isEmpty() && earlier.lowest() > highest) {
      overtaken.addAll(ids);
      ids.clear();
      parts.clear();
      channel.startOver();
    }
    lowest = Math.max(lowest, earlier.lowest());
    above = null;
  }

  /** Only in the end: what is too much for now may be needed again, and its id is used up. */
  void removeMoreThan(int count) throws PlatformException {
    while (ids.size() > Math.max(1, count)) {
      channel.delete(ids.getLast());
      posted.removed(ids.removeLast());
      parts.removeLast();
    }
  }

  /** When this reply, or one above it, had posted its last; 0 where they posted nothing. */
  private long lowest() {
    PostedMessages earlier = above;
    return earlier == null ? lowest : Math.max(lowest, earlier.lowest());
  }

  private void removeOvertaken() throws PlatformException {
    while (!overtaken.isEmpty()) {
      try {
        channel.delete(overtaken.getLast());
      } catch (PlatformException e) {
        if (e.kind() != PlatformException.Kind.REFUSED) {
          throw e;
        }
        log.debug("What was said while it waited stays: {}", e.getMessage());
      }
      posted.removed(overtaken.removeLast());
      used++;
    }
  }

  private void edit(String id, Part part) throws PlatformException {
    if (part.file.isPresent()) {
      attaching = true;
      byte[] content = part.file.get().getBytes(StandardCharsets.UTF_8);
      channel.attach(id, part.text, part.buttons, new OutgoingFile(Overflow.FILE, content));
      attaching = false;
    } else {
      channel.edit(id, part.text, part.buttons);
    }
  }

  private void post(int number, Part part) throws PlatformException {
    try (var _ = arriving.get()) {
      long began = POSTS.incrementAndGet();
      String id =
          channel.post(part.text, part.buttons, nonce + "-" + (used + overtaken.size() + number));
      lowest = POSTS.incrementAndGet();
      highest = number == 0 ? began : highest;
      ids.add(id);
      parts.add(part);
      posted.posted(number, id);
    }
  }
}
