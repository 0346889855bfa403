// The native side of Ptycho.LibTorch: any aten operator by name through libtorch's dispatcher, and typed
// exports for what the dispatcher does not offer. No function that can fail lets a C++ exception out: it returns
// -1 (as a pointer too, for null is a valid answer), and ptycho_last_error() holds the message for the calling thread.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <malloc.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

// Defined where libtorch multiplies matrices with OpenBLAS.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int);

namespace {

thread_local std::string last_error;

// OpenBLAS built with pthreads starts a thread per core beside libtorch's OpenMP ones, whatever number libtorch is told, and
// they wait for each other's cores by yielding: of two cores that cost a reconstruction a third of its time.
const bool one_blas_thread = [] {
  if (openblas_set_num_threads && !std::getenv("OPENBLAS_NUM_THREADS")) openblas_set_num_threads(1);
  return true;
}();

// Mirrors NativeValue in C#: a tag, a length, and two words of payload.
enum Tag : int32_t { None, TensorTag, Int, Double, Bool, ComplexTag, IntList, TensorList, OptionalTensorList, String, DeviceTag, GeneratorTag, DoubleList };
struct Value {
  int32_t tag;
  int32_t length;
  union { int64_t i; double d; void* p; };
  double second;
};

// c10::optional in old versions, std::optional in new ones.
using MaybeTensor = decltype(std::declval<const c10::IValue&>().toOptionalTensorVector())::value_type;

at::Tensor* wrap(at::Tensor t) { return new at::Tensor(std::move(t)); }
at::Tensor unwrap(void* p) { return p ? *static_cast<at::Tensor*>(p) : at::Tensor(); }

template <class F> auto guarded(F f) -> decltype(f()) {
  try { return f(); }
  catch (const c10::Error& e) { last_error = e.what_without_backtrace(); }
  catch (const std::exception& e) { last_error = e.what(); }
  catch (...) { last_error = "unknown native exception"; }
  return decltype(f())(-1);
}
template <class F> void* guarded_pointer(F f) {
  return reinterpret_cast<void*>(guarded([&] { return reinterpret_cast<intptr_t>(f()); }));
}

c10::IValue to_ivalue(const Value& v) {
  switch (v.tag) {
    case TensorTag: return unwrap(v.p);
    case Int: return v.i;
    case Double: return v.d;
    case Bool: return v.i != 0;
    case ComplexTag: return c10::complex<double>(v.d, v.second);
    case IntList: { auto q = static_cast<const int64_t*>(v.p); return std::vector<int64_t>(q, q + v.length); }
    case DoubleList: { auto q = static_cast<const double*>(v.p); return std::vector<double>(q, q + v.length); }
    case TensorList: {
      std::vector<at::Tensor> list;
      for (int i = 0; i < v.length; i++) list.push_back(unwrap(static_cast<void**>(v.p)[i]));
      return list;
    }
    case OptionalTensorList: {
      c10::List<MaybeTensor> list;
      for (int i = 0; i < v.length; i++) {
        void* p = static_cast<void**>(v.p)[i];
        list.push_back(p ? MaybeTensor(unwrap(p)) : MaybeTensor());
      }
      return list;
    }
    case String: return std::string(static_cast<const char*>(v.p), v.length);
    case DeviceTag: return c10::Device(static_cast<c10::DeviceType>(v.i), static_cast<c10::DeviceIndex>(v.second));
    case GeneratorTag: return *static_cast<at::Generator*>(v.p);
    default: return c10::IValue();
  }
}

// Number literals convert to what the schema asks for, as they do in C++.
c10::IValue coerce(c10::IValue v, const c10::Argument& a) {
  if (v.isInt() && a.type()->kind() == c10::TypeKind::FloatType) return static_cast<double>(v.toInt());
  return v;
}

Value from_ivalue(const c10::IValue& v) {
  Value r{};
  if (v.isTensor()) { r.tag = TensorTag; r.p = v.toTensor().defined() ? wrap(v.toTensor()) : nullptr; }
  else if (v.isInt()) { r.tag = Int; r.i = v.toInt(); }
  else if (v.isBool()) { r.tag = Bool; r.i = v.toBool(); }
  else if (v.isDouble()) { r.tag = Double; r.d = v.toDouble(); }
  else if (v.isComplexDouble()) { r.tag = ComplexTag; r.d = v.toComplexDouble().real(); r.second = v.toComplexDouble().imag(); }
  else if (v.isTensorList()) {
    auto list = v.toTensorVector();
    auto handles = static_cast<void**>(malloc(sizeof(void*) * (list.size() + 1)));
    for (size_t i = 0; i < list.size(); i++) handles[i] = wrap(list[i]);
    r.tag = TensorList; r.length = static_cast<int32_t>(list.size()); r.p = handles;
  }
  else throw std::runtime_error("result of kind " + v.tagKind() + " is not supported");
  return r;
}

std::vector<at::Tensor> tensors(void** p, int n) {
  std::vector<at::Tensor> list;
  for (int i = 0; i < n; i++) list.push_back(unwrap(p[i]));
  return list;
}

at::Tensor& T(void* p) { return *static_cast<at::Tensor*>(p); }

}  // namespace

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT const char* ptycho_last_error() { return last_error.c_str(); }
EXPORT const char* ptycho_torch_version() { return TORCH_VERSION; }

// Large tensors otherwise go back to the kernel at each free and fault in again page by page: half the time of a convolution.
EXPORT void ptycho_keep_memory() {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
}

EXPORT void* ptycho_find(const char* name, const char* overload) {
  return guarded_pointer([&] { return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)); });
}

// Returns the number of results, or -1.
EXPORT int ptycho_call(void* op, const Value* args, int count, Value* results, int capacity) {
  return guarded([&]() -> int {
    auto& handle = *static_cast<c10::OperatorHandle*>(op);
    auto& formal = handle.schema().arguments();
    if (static_cast<size_t>(count) > formal.size()) throw std::runtime_error("too many arguments for " + handle.schema().name());
    torch::jit::Stack stack;
    stack.reserve(formal.size());
    for (int i = 0; i < count; i++) stack.push_back(coerce(to_ivalue(args[i]), formal[i]));
    for (size_t i = count; i < formal.size(); i++) {
      if (!formal[i].default_value()) throw std::runtime_error(handle.schema().name() + " needs argument " + formal[i].name());
      stack.push_back(*formal[i].default_value());
    }
    handle.callBoxed(stack);
    int n = static_cast<int>(stack.size());
    if (n > capacity) throw std::runtime_error("too many results from " + handle.schema().name());
    for (int i = 0; i < n; i++) results[i] = from_ivalue(stack[i]);
    return n;
  });
}

EXPORT void ptycho_free_list(void* list) { free(list); }
EXPORT void ptycho_tensor_free(void* t) { delete static_cast<at::Tensor*>(t); }
EXPORT void* ptycho_tensor_data(void* t) { return guarded_pointer([&] { return T(t).data_ptr(); }); }
EXPORT int ptycho_tensor_dim(void* t) { return static_cast<int>(T(t).dim()); }
EXPORT int64_t ptycho_tensor_numel(void* t) { return T(t).numel(); }
EXPORT void ptycho_tensor_sizes(void* t, int64_t* sizes) { auto s = T(t).sizes(); std::copy(s.begin(), s.end(), sizes); }
EXPORT void ptycho_tensor_strides(void* t, int64_t* strides) { auto s = T(t).strides(); std::copy(s.begin(), s.end(), strides); }
EXPORT int ptycho_tensor_dtype(void* t) { return static_cast<int>(T(t).scalar_type()); }
EXPORT int ptycho_tensor_device(void* t, int* index) { auto d = T(t).device(); *index = d.index(); return static_cast<int>(d.type()); }
// 1 contiguous, 2 conjugate bit, 4 negative bit, 8 leaf, 16 requires grad
EXPORT int ptycho_tensor_flags(void* t) {
  auto& x = T(t);
  return (x.is_contiguous() ? 1 : 0) | (x.is_conj() ? 2 : 0) | (x.is_neg() ? 4 : 0) | (x.is_leaf() ? 8 : 0) | (x.requires_grad() ? 16 : 0);
}
EXPORT int ptycho_tensor_set_requires_grad(void* t, int on) { return guarded([&] { T(t).requires_grad_(on != 0); return 0; }); }
EXPORT int ptycho_tensor_retain_grad(void* t) { return guarded([&] { T(t).retain_grad(); return 0; }); }
EXPORT void* ptycho_tensor_grad(void* t) { return guarded_pointer([&]() -> void* { auto g = T(t).grad(); return g.defined() ? wrap(g) : nullptr; }); }
EXPORT int ptycho_tensor_set_grad(void* t, void* g) { return guarded([&] { T(t).mutable_grad() = unwrap(g); return 0; }); }
EXPORT int ptycho_tensor_set_data(void* t, void* source) { return guarded([&] { T(t).set_data(T(source)); return 0; }); }
// A second handle of the same tensor.
EXPORT void* ptycho_tensor_share(void* t) { return wrap(T(t)); }

EXPORT int ptycho_backward(void** roots, int n, void** grads, int m, int retain, int create, void** inputs, int k) {
  return guarded([&] {
    torch::autograd::backward(tensors(roots, n), tensors(grads, m), retain != 0, create != 0, tensors(inputs, k));
    return 0;
  });
}
EXPORT int ptycho_grad(void** outputs, int n, void** inputs, int k, void** grads, int m, int retain, int create, int allow_unused, void** results) {
  return guarded([&] {
    auto r = torch::autograd::grad(tensors(outputs, n), tensors(inputs, k), tensors(grads, m), retain != 0, create != 0, allow_unused != 0);
    for (size_t i = 0; i < r.size(); i++) results[i] = r[i].defined() ? wrap(r[i]) : nullptr;
    return 0;
  });
}

EXPORT int ptycho_grad_mode() { return c10::GradMode::is_enabled(); }
EXPORT void ptycho_set_grad_mode(int on) { c10::GradMode::set_enabled(on != 0); }
EXPORT void* ptycho_inference_enter(int on) { return new c10::InferenceMode(on != 0); }
EXPORT void ptycho_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
EXPORT int ptycho_threads() { return at::get_num_threads(); }
EXPORT int ptycho_set_threads(int n) { return guarded([&] { at::set_num_threads(n); return 0; }); }
EXPORT int ptycho_set_interop_threads(int n) { return guarded([&] { at::set_num_interop_threads(n); return 0; }); }

EXPORT void* ptycho_generator(int device, int index, uint64_t seed) {
  return guarded_pointer([&] {
    auto g = device == 0 ? at::detail::createCPUGenerator(seed) : at::globalContext().defaultGenerator(c10::Device(static_cast<c10::DeviceType>(device), index)).clone();
    g.set_current_seed(seed);
    return new at::Generator(g);
  });
}
EXPORT void* ptycho_default_generator(int device, int index) {
  return guarded_pointer([&] { return new at::Generator(at::globalContext().defaultGenerator(c10::Device(static_cast<c10::DeviceType>(device), index))); });
}
EXPORT void ptycho_generator_free(void* g) { delete static_cast<at::Generator*>(g); }
EXPORT int ptycho_generator_seed(void* g, uint64_t seed) {
  return guarded([&] { auto& x = *static_cast<at::Generator*>(g); std::lock_guard<std::mutex> lock(x.mutex()); x.set_current_seed(seed); return 0; });
}
EXPORT int64_t ptycho_generator_current(void* g) { return static_cast<int64_t>(static_cast<at::Generator*>(g)->current_seed()); }
EXPORT int64_t ptycho_generator_reseed(void* g) { return static_cast<int64_t>(static_cast<at::Generator*>(g)->seed()); }
EXPORT void* ptycho_generator_state(void* g) { return guarded_pointer([&] { return wrap(static_cast<at::Generator*>(g)->get_state()); }); }
EXPORT int ptycho_generator_set_state(void* g, void* t) { return guarded([&] { static_cast<at::Generator*>(g)->set_state(T(t)); return 0; }); }
EXPORT int ptycho_manual_seed(uint64_t seed) { return guarded([&] { at::manual_seed(seed); return 0; }); }

EXPORT int ptycho_cuda_available() { return guarded([&] { return at::hasCUDA() ? 1 : 0; }); }
EXPORT int ptycho_cuda_count() { return guarded([&] { return static_cast<int>(at::getNumGPUs()); }); }
EXPORT int ptycho_cuda_cudnn() { return guarded([&] { return at::hasCUDA() && at::detail::getCUDAHooks().hasCuDNN() ? 1 : 0; }); }
EXPORT int ptycho_cuda_synchronize(int index) {
  return guarded([&] { at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index)); return 0; });
}
