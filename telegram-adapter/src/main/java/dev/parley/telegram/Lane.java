package dev.parley.telegram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * The updates of one chat, in their order; what belongs together comes out together. One thread
 * takes them out as long as there are any. Thread-safe.
 */
final class Lane {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by lock
  private final Deque<Gathered> waiting = new ArrayDeque<>();
  private boolean working;

  /**
   * Updates that are handled as one.
   *
   * @param whole whether nothing is added any more
   */
  record Gathered(List<Update> updates, boolean whole) {
    Gathered {
      updates = List.copyOf(updates);
    }

    static Gathered alone(Update update) {
      return new Gathered(List.of(update), !Gathering.mayGoOn(update));
    }
  }

  /** Returns whether somebody must begin to take out. */
  boolean add(Gathered gathered) {
    lock.lock();
    try {
      waiting.add(gathered);
      changed.signalAll();
      boolean idle = !working;
      working = true;
      return idle;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next updates, after waiting for what may still belong to them; empty where there are none,
   * and then whoever takes out has ended.
   */
  Optional<Gathered> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (waiting.isEmpty()) {
        working = false;
        return Optional.empty();
      }
      Gathered first = waiting.remove();
      return Optional.of(first.updates.size() > 1 ? first : new Gathered(gather(first), true));
    } finally {
      lock.unlock();
    }
  }

  private List<Update> gather(Gathered first) throws InterruptedException {
    List<Update> gathered = new ArrayList<>(first.updates);
    long left = first.whole ? 0 : Gathering.PATIENCE.toNanos();
    while (true) {
      Optional<Update> more = takeMore(gathered.getLast());
      if (more.isPresent()) {
        gathered.add(more.get());
        left = Gathering.mayGoOn(more.get()) ? Gathering.PATIENCE.toNanos() : 0;
      } else if (left <= 0) {
        return gathered;
      } else {
        left = changed.awaitNanos(left);
      }
    }
  }

  private Optional<Update> takeMore(Update last) {
    for (Iterator<Gathered> each = waiting.iterator(); each.hasNext(); ) {
      Gathered candidate = each.next();
      if (candidate.updates.size() == 1 && Gathering.goesOn(last, candidate.updates.getFirst())) {
        each.remove();
        return Optional.of(candidate.updates.getFirst());
      }
    }
    return Optional.empty();
  }
}
