package dev.parley.model.transformer;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An instance of a class of {@code transformer.py}. Its methods may run on several threads at once
 * as long as they change nothing.
 */
final class Script implements AutoCloseable {
  private final Model model;
  private final PtSymbolBlock block;

  private Script(Model model) {
    this.model = model;
    this.block = (PtSymbolBlock) model.getBlock();
  }

  /**
   * Makes an instance.
   *
   * @param attributes as {@link ScriptArchive#write} takes them
   */
  static Script of(String className, Map<String, Object> attributes, Device device)
      throws IOException {
    Model model = Model.newInstance("transformer", device, "PyTorch");
    Path archive = Files.createTempFile("transformer", ".pt");
    try {
      try (OutputStream out = Files.newOutputStream(archive)) {
        ScriptArchive.write(out, source(), className, attributes);
      }
      model.load(archive);
      return new Script(model);
    } catch (MalformedModelException e) {
      model.close();
      throw new IOException("the engine does not accept its own script", e);
    } catch (IOException | RuntimeException | Error e) {
      model.close();
      throw e;
    } finally {
      Files.delete(archive);
    }
  }

  private static String source() throws IOException {
    try (InputStream in = Script.class.getResourceAsStream("transformer.py")) {
      if (in == null) {
        throw new IOException("transformer.py is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What it runs on. */
  Device device() {
    return model.getNDManager().getDevice();
  }

  /** A manager for the arrays of one call, to be closed after it. */
  PtNDManager newManager() {
    return (PtNDManager) model.getNDManager().newSubManager();
  }

  /** As {@link #newManager()}, for arrays in the machine's own memory. */
  PtNDManager newHostManager() {
    return (PtNDManager) model.getNDManager().newSubManager(Device.cpu());
  }

  /** Calls a method; the arguments stay open. */
  IValue call(String method, IValue... arguments) {
    return IValueUtils.runMethod(block, method, arguments);
  }

  /** Calls a method and frees its arguments. */
  IValue run(String method, IValue... arguments) {
    try {
      return call(method, arguments);
    } finally {
      for (IValue argument : arguments) {
        argument.close();
      }
    }
  }

  /**
   * Calls a method so that its result can be differentiated. Without the optimizer of scripts:
   * batches differ in shape, and it would begin anew for each.
   *
   * @param step gets the result
   * @param arguments arrays alone, which stay open
   */
  NDArray differentiable(String method, NDManager step, NDList arguments) {
    JniUtils.setGraphExecutorOptimize(false);
    try (NDArray name = step.create(0)) {
      name.setName("module_method:" + method);
      NDList named = new NDList(arguments);
      named.add(name);
      return IValueUtils.forward(block, named, true).singletonOrThrow();
    } finally {
      JniUtils.setGraphExecutorOptimize(true);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
