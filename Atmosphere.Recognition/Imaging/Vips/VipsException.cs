using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>libvips could not do an operation. The message is for operators, not for parents.</summary>
internal sealed class VipsException(string operation, string message) : Exception($"libvips {operation}: {message}")
{
    public static VipsException From(VipsApi api, string operation) => new(operation, TakeMessage(api));

    /// <summary>Reads and empties the error text, which all threads share: another thread's lines may be in it.</summary>
    public static unsafe string TakeMessage(VipsApi api)
    {
        var text = api.vips_error_buffer_copy();
        var message = Marshal.PtrToStringUTF8((nint)text)?.Trim().ReplaceLineEndings("; ") ?? "";
        api.g_free(text);
        return message;
    }
}
