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
    self.w = torch.clone(torch.to(w, dtype))
    self.dtype = dtype
  def forward(self: __torch__.Dense, x: Tensor) -> Tensor:
    return torch.to(torch.linear(torch.to(x, self.dtype), self.w), 6)

# CPU: fp16 weights packed for FBGEMM, fp32 activations.
class HalfPacked:
  packed : __torch__.torch.classes.quantized.LinearPackedParamsBase
  def __init__(self: __torch__.HalfPacked, w: Tensor) -> NoneType:
    self.packed = ops.quantized.linear_prepack_fp16(w, None)
  def forward(self: __torch__.HalfPacked, x: Tensor) -> Tensor:
    return ops.quantized.linear_dynamic_fp16(x, self.packed)

def linear(w: Tensor, packed: bool, dtype: int) -> __torch__.Linear:
  if packed:
    return __torch__.HalfPacked(w)
  return __torch__.Dense(w, dtype)

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
  def __init__(self: __torch__.Layer, t: List[Tensor], packed: bool, dtype: int) -> NoneType:
    self.attention_norm = torch.clone(t[0])
    self.qkv = __torch__.linear(torch.cat([t[1], t[2], t[3]], 0), packed, dtype)
    self.output = __torch__.linear(t[4], packed, dtype)
    self.ffn_norm = torch.clone(t[5])
    self.gate_up = __torch__.linear(torch.cat([t[6], t[7]], 0), packed, dtype)
    self.down = __torch__.linear(t[8], packed, dtype)
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

  # GGUF stores the rows of q and k of the llama family in pairs; this puts the halves back.
  def unpair(self: __torch__.Transformer, w: Tensor, heads: int) -> Tensor:
    n = w.size(0)
    k = w.size(1)
    return torch.reshape(torch.transpose(torch.view(w, [heads, n // heads // 2, 2, k]), 1, 2), [n, k])

  def add_layer(self: __torch__.Transformer, t: List[Tensor], paired: bool) -> NoneType:
    if paired:
      t[1] = self.unpair(t[1], self.heads)
      t[2] = self.unpair(t[2], self.kv_heads)
    self.layers.append(__torch__.Layer(t, self.packed, self.dtype))

  # embedding [vocabulary, width], final norm, head [vocabulary, width], cos and sin [positions, head_dim]
  def set_ends(self: __torch__.Transformer, embedding: Tensor, norm: Tensor, head: Tensor, cos: Tensor, sin: Tensor) -> NoneType:
    eps = torch.full([1], self.eps, dtype=6, device=embedding.device)
    self.ends = [torch.clone(torch.to(embedding, self.dtype)), torch.clone(norm), torch.clone(cos), torch.clone(sin), eps]
    self.head = [__torch__.linear(head, self.packed, self.dtype)]

  def cache(self: __torch__.Transformer, slots: int, length: int) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(len(self.layers)):
      out.append(torch.zeros([slots, self.kv_heads, length, self.head_dim], dtype=self.cache_dtype, device=self.ends[0].device))
    return out

  def copy_prefix(self: __torch__.Transformer, source: int, target: int, length: int, keys: List[Tensor], values: List[Tensor]) -> NoneType:
    for i in range(len(keys)):
      torch.copy_(keys[i][target, :, :length], keys[i][source, :, :length])
      torch.copy_(values[i][target, :, :length], values[i][source, :, :length])

  # One token for each of B sequences: ids and positions [B]; sequence b has lengths[b] tokens in
  # slot slots[b], this one included. Attention runs row by row over exactly its own length, so that
  # a row's result does not depend on who else is in the batch. Returns logits [B, vocabulary].
  def decode(self: __torch__.Transformer, ids: Tensor, positions: Tensor, slots: List[int], lengths: List[int], keys: List[Tensor], values: List[Tensor]) -> Tensor:
    B = ids.size(0)
    H = self.heads
    K = self.kv_heads
    D = self.head_dim
    embedding, norm, cos_table, sin_table, eps = self.ends
    x = torch.to(torch.embedding(embedding, ids), 6)
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

  # T tokens of one sequence into a slot from position start on. Returns logits of the last token
  # [1, vocabulary], or of all of them [T, vocabulary].
  def prefill(self: __torch__.Transformer, ids: Tensor, slot: int, start: int, all: bool, keys: List[Tensor], values: List[Tensor]) -> Tensor:
    T = ids.size(0)
    E = start + T
    H = self.heads
    K = self.kv_heads
    D = self.head_dim
    embedding, norm, cos_table, sin_table, eps = self.ends
    x = torch.to(torch.embedding(embedding, ids), 6)
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
