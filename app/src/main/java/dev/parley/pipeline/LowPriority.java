package dev.parley.pipeline;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a thread yield the processor to all others. Linux gives each thread a niceness of its own,
 * which the threads it starts take over: libtorch's for what this thread computes are among them
 * (setpriority(2), "C library/kernel differences").
 */
final class LowPriority {
  private static final Logger log = LoggerFactory.getLogger(LowPriority.class);
  private static final int PROCESS = 0; // PRIO_PROCESS; 0 below is the calling thread
  private static final int LOWEST = 19;

  private LowPriority() {}

  /**
   * Lowers the calling thread's priority for as long as it lives; where that cannot be, nothing.
   */
  @SuppressWarnings("restricted") // the launcher enables native access
  static void take() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return; // elsewhere it would be the whole process
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle set =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT));
      int failed = (int) set.invokeExact(PROCESS, 0, LOWEST);
      if (failed != 0) {
        log.warn("Training could not be given a lower priority; people may wait longer");
      }
    } catch (Throwable e) { // a handle's invocation declares it
      log.warn("Training could not be given a lower priority: {}", e.toString());
    }
  }
}
