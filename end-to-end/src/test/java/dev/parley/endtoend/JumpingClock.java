package dev.parley.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A machine's clock that jumps while a process runs. No process may set that of a machine, so a
 * process gets a {@link Clock} of the JDK's own with a few instructions more, by which everything
 * reads the time that asks {@code java.time}: all of Parley does, some libraries ask the machine.
 */
final class JumpingClock {
  private static final String AT = "clock.jumps.at";
  private static final String BY = "clock.jumps.by";
  private static final ClassDesc LONG = ClassDesc.of("java.lang.Long");
  private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");
  private static final MethodTypeDesc PROPERTY =
      MethodTypeDesc.of(LONG, ConstantDescs.CD_String, ConstantDescs.CD_long);

  private final Path patch;

  /**
   * Makes one.
   *
   * @param folder where its class is written to
   */
  JumpingClock(Path folder) throws IOException {
    patch = folder;
    Path file = folder.resolve("java/time/Clock.class");
    Files.createDirectories(file.getParent());
    ClassFile classes = ClassFile.of();
    try (InputStream original = Clock.class.getResourceAsStream("Clock.class")) {
      byte[] bytes = Objects.requireNonNull(original).readAllBytes();
      Files.write(file, classes.transformClass(classes.parse(bytes), jumping()));
    }
  }

  /** What is read is moved before it is returned, once it is late enough. */
  private static ClassTransform jumping() {
    CodeTransform moved =
        (code, element) -> {
          if (element instanceof ReturnInstruction) {
            code.invokestatic(
                    ClassDesc.of("java.lang.System"),
                    "currentTimeMillis",
                    MethodTypeDesc.of(ConstantDescs.CD_long))
                .loadConstant(AT)
                .loadConstant(Long.MAX_VALUE)
                .invokestatic(LONG, "getLong", PROPERTY)
                .invokevirtual(LONG, "longValue", MethodTypeDesc.of(ConstantDescs.CD_long))
                .lcmp()
                .ifThen(
                    Opcode.IFGT,
                    late ->
                        late.loadConstant(BY)
                            .loadConstant(0L)
                            .invokestatic(LONG, "getLong", PROPERTY)
                            .invokevirtual(
                                LONG, "longValue", MethodTypeDesc.of(ConstantDescs.CD_long))
                            .invokevirtual(
                                INSTANT,
                                "plusSeconds",
                                MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long)));
          }
          code.with(element);
        };
    return ClassTransform.transformingMethodBodies(
        method -> method.methodName().equalsString("currentInstant"), moved);
  }

  /**
   * What starts Java with a clock that jumps.
   *
   * @param after from now
   * @param by forward, or back where it is negative
   */
  List<String> javaOptions(Duration after, Duration by) {
    return List.of(
        "--patch-module=java.base=" + patch,
        "-D%s=%d".formatted(AT, Instant.now().plus(after).toEpochMilli()),
        "-D%s=%d".formatted(BY, by.toSeconds()));
  }
}
