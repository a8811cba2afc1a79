using System.Runtime.InteropServices;
using System.Text;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>An image of libvips: a recipe that is computed when it is read. The memory it reads must stay until then.</summary>
internal sealed unsafe class VipsImage(VipsApi api, nint handle) : IDisposable
{
    private const int UnsignedByte = 0;

    public nint Handle => handle;

    public int Width => api.vips_image_get_width(handle);

    public int Height => api.vips_image_get_height(handle);

    public int Bands => api.vips_image_get_bands(handle);

    public bool IsBytes => api.vips_image_get_format(handle) == UnsignedByte;

    /// <summary>VipsInterpretation: 22 is sRGB.</summary>
    public int Interpretation => api.vips_image_get_interpretation(handle);

    public bool HasAlpha => api.vips_image_hasalpha(handle) != 0;

    /// <summary>EXIF orientation 1..8; 1 where the photo says nothing.</summary>
    public int Orientation
    {
        get => api.vips_image_get_orientation(handle);
        set
        {
            fixed (byte* name = "orientation"u8)
                api.vips_image_set_int(handle, name, value);
        }
    }

    /// <summary>An image over memory that the caller holds still and frees after this image.</summary>
    public static VipsImage Over(VipsApi api, byte* bytes, int width, int height, int bands)
    {
        var size = (nuint)width * (nuint)height * (nuint)bands;
        var handle = api.vips_image_new_from_memory(bytes, size, width, height, bands, UnsignedByte);
        return handle == 0 ? throw VipsException.From(api, "image from memory") : new VipsImage(api, handle);
    }

    /// <summary>A field of the header as text, such as "exif-ifd0-Make"; null where the image does not have it.</summary>
    public string? Text(string field)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(field + '\0'))
        {
            if (api.vips_image_get_typeof(handle, name) == 0)
                return null;

            byte* text;
            if (api.vips_image_get_as_string(handle, name, &text) != 0)
                throw VipsException.From(api, "get as string");
            var copy = Marshal.PtrToStringUTF8((nint)text);
            api.g_free(text);
            return copy;
        }
    }

    /// <summary>Computes the image into memory of Width * Height * Bands bytes, without a copy in between.</summary>
    public void WriteTo(byte* target)
    {
        using var written = Over(api, target, Width, Height, Bands);
        if (api.vips_image_write(handle, written.Handle) != 0)
            throw VipsException.From(api, "write");
    }

    public void Dispose() => api.g_object_unref(handle);
}
