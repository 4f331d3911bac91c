# The decoder-only transformer in TorchScript: one call a step runs the whole network.
# Weights are attached at run time (add_layer, set_ends); families differ by configuration.
# Data type codes of libtorch: 6 fp32, 5 fp16, 15 bf16.

class Linear(Interface):
  def forward(self: __torch__.Linear, x: Tensor) -> Tensor:
    pass

# Any device, any floating type; what flows between is fp32. With fp32 weights the exact form.
class Dense:
  w : Tensor
  dtype : int
  def __init__(self: __torch__.Dense, w: Tensor, dtype: int) -> NoneType:
    self.w = torch.to(w, dtype, False, True)
    self.dtype = dtype
  def forward(self: __torch__.Dense, x: Tensor) -> Tensor:
    return torch.to(torch.linear(torch.to(x, self.dtype), self.w), 6)

# CPU: fp16 weights packed for FBGEMM, fp32 activations. Its AVX2 kernels for one and two rows add in
# another order than those for three to six, into which it cuts a batch: with rows added until none
# of the two is used, a row's result does not depend on who else is in the batch.
class HalfPacked:
  packed : __torch__.torch.classes.quantized.LinearPackedParamsBase
  def __init__(self: __torch__.HalfPacked, w: Tensor) -> NoneType:
    self.packed = ops.quantized.linear_prepack_fp16(w, None)
  def forward(self: __torch__.HalfPacked, x: Tensor) -> Tensor:
    rows = x.size(0)
    odd = rows % 6
    if odd == 1 or odd == 2:
      return ops.quantized.linear_dynamic_fp16(torch.constant_pad_nd(x, [0, 0, 0, 3 - odd]), self.packed)[:rows]
    return ops.quantized.linear_dynamic_fp16(x, self.packed)

# x / sqrt(mean(x^2) + eps) * w (Zhang and Sennrich 2019), in few operations
def rms_norm(x: Tensor, w: Tensor, eps: Tensor) -> Tensor:
  return x * torch.rsqrt_(torch.add(eps, torch.sum(x * x, [-1], True), alpha=1.0 / x.size(-1))) * w

# Rotary positions (Su et al. 2021) on the two halves of a head; sin carries the sign.
def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  return torch.addcmul(x * cos, torch.roll(x, [x.size(-1) // 2], [-1]), sin)

class Layer:
  attention_norm : Tensor
  qkv : __torch__.Linear
  output : __torch__.Linear
  ffn_norm : Tensor
  gate_up : __torch__.Linear
  down : __torch__.Linear
  def __init__(self: __torch__.Layer, attention_norm: Tensor, qkv: __torch__.Linear, output: __torch__.Linear, ffn_norm: Tensor, gate_up: __torch__.Linear, down: __torch__.Linear) -> NoneType:
    self.attention_norm = torch.clone(attention_norm)
    self.qkv = qkv
    self.output = output
    self.ffn_norm = torch.clone(ffn_norm)
    self.gate_up = gate_up
    self.down = down
  def feed_forward(self: __torch__.Layer, x: Tensor, eps: Tensor) -> Tensor:
    gate, up = torch.chunk(self.gate_up.forward(__torch__.rms_norm(x, self.ffn_norm, eps)), 2, -1)
    return x + self.down.forward(torch.silu_(gate) * up)

class Transformer(Module):
  training : bool
  heads : int
  kv_heads : int
  head_dim : int
  eps : float
  packed : bool
  dtype : int
  cache_dtype : int
  layers : List[__torch__.Layer]
  head : List[__torch__.Linear]
  ends : List[Tensor]

  # A projection of weights [out, in], for add_layer and set_ends; the weights are copied.
  def linear(self: __torch__.Transformer, w: Tensor) -> __torch__.Linear:
    if self.packed:
      return __torch__.HalfPacked(w)
    return __torch__.Dense(w, self.dtype)

  def add_layer(self: __torch__.Transformer, attention_norm: Tensor, qkv: __torch__.Linear, output: __torch__.Linear, ffn_norm: Tensor, gate_up: __torch__.Linear, down: __torch__.Linear) -> NoneType:
    self.layers.append(__torch__.Layer(attention_norm, qkv, output, ffn_norm, gate_up, down))

  # head as made above, final norm, cos and sin [positions, head_dim]
  def set_ends(self: __torch__.Transformer, head: __torch__.Linear, norm: Tensor, cos: Tensor, sin: Tensor) -> NoneType:
    eps = torch.full([1], self.eps, dtype=6, device=norm.device)
    self.ends = [torch.clone(norm), torch.clone(cos), torch.clone(sin), eps]
    self.head = [head]

  # Memory that no token was written to is never read, so it need not be cleared.
  def cache(self: __torch__.Transformer, slots: int, length: int) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(len(self.layers)):
      out.append(torch.empty([slots, self.kv_heads, length, self.head_dim], dtype=self.cache_dtype, device=self.ends[0].device))
    return out

  def copy_prefix(self: __torch__.Transformer, source: int, target: int, length: int, keys: List[Tensor], values: List[Tensor]) -> NoneType:
    for i in range(len(keys)):
      torch.copy_(keys[i][target, :, :length], keys[i][source, :, :length])
      torch.copy_(values[i][target, :, :length], values[i][source, :, :length])

  # One token for each of B sequences: embeddings x [B, width], positions [B]; sequence b has lengths[b]
  # tokens in slot slots[b], this one included. Attention runs row by row over exactly its own length, so that
  # a row's result does not depend on who else is in the batch. Returns logits [B, vocabulary].
  def decode(self: __torch__.Transformer, x: Tensor, positions: Tensor, slots: List[int], lengths: List[int], keys: List[Tensor], values: List[Tensor]) -> Tensor:
    B = x.size(0)
    H = self.heads
    K = self.kv_heads
    D = self.head_dim
    norm, cos_table, sin_table, eps = self.ends
    cos = torch.unsqueeze(torch.index_select(cos_table, 0, positions), 1)
    sin = torch.unsqueeze(torch.index_select(sin_table, 0, positions), 1)
    for i in range(len(self.layers)):
      layer = self.layers[i]
      qkv = torch.view(layer.qkv.forward(__torch__.rms_norm(x, layer.attention_norm, eps)), [B, H + 2 * K, D])
      qk = __torch__.rotate(qkv[:, :H + K], cos, sin)
      q = torch.to(torch.view(qk[:, :H], [B, K, H // K, D]), self.cache_dtype)
      rows = annotate(List[Tensor], [])
      for b in range(B):
        n = lengths[b]
        k = keys[i][slots[b]]
        v = values[i][slots[b]]
        k[:, n - 1] = qk[b, H:]
        v[:, n - 1] = qkv[b, H + K:]
        rows.append(torch.scaled_dot_product_attention(q[b:b + 1], torch.unsqueeze(k[:, :n], 0), torch.unsqueeze(v[:, :n], 0)))
      x = x + layer.output.forward(torch.to(torch.reshape(torch.cat(rows), [B, H * D]), 6))
      x = layer.feed_forward(x, eps)
    return self.head[0].forward(__torch__.rms_norm(x, norm, eps))

  # T tokens of one sequence, embeddings x [T, width], into a slot from position start on. Returns logits of the last token
  # [1, vocabulary], or of all of them [T, vocabulary].
  def prefill(self: __torch__.Transformer, x: Tensor, slot: int, start: int, all: bool, keys: List[Tensor], values: List[Tensor]) -> Tensor:
    T = x.size(0)
    E = start + T
    H = self.heads
    K = self.kv_heads
    D = self.head_dim
    norm, cos_table, sin_table, eps = self.ends
    cos = torch.unsqueeze(cos_table[start:E], 1)
    sin = torch.unsqueeze(sin_table[start:E], 1)
    bias = torch.triu(torch.full([T, E], -inf, dtype=self.cache_dtype, device=x.device), 1 + start)
    for i in range(len(self.layers)):
      layer = self.layers[i]
      qkv = torch.view(layer.qkv.forward(__torch__.rms_norm(x, layer.attention_norm, eps)), [T, H + 2 * K, D])
      qk = __torch__.rotate(qkv[:, :H + K], cos, sin)
      k = keys[i][slot]
      v = values[i][slot]
      k[:, start:E] = torch.transpose(qk[:, H:], 0, 1)
      v[:, start:E] = torch.transpose(qkv[:, H + K:], 0, 1)
      q = torch.to(torch.unsqueeze(torch.transpose(qk[:, :H], 0, 1), 0), self.cache_dtype)
      kk = torch.unsqueeze(torch.repeat_interleave(k[:, :E], H // K, 0), 0)
      vv = torch.unsqueeze(torch.repeat_interleave(v[:, :E], H // K, 0), 0)
      a = torch.scaled_dot_product_attention(q, kk, vv, bias)
      x = x + layer.output.forward(torch.to(torch.reshape(torch.transpose(a[0], 0, 1), [T, H * D]), 6))
      x = layer.feed_forward(x, eps)
    if not all:
      x = x[T - 1:]
    return self.head[0].forward(__torch__.rms_norm(x, norm, eps))
