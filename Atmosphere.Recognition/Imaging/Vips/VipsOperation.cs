using System.Globalization;
using System.Text;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>One call of a libvips operation: set its arguments, then take its result. Names are libvips' own.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private readonly VipsApi _api;
    private readonly string _name;
    private nint _handle;

    public VipsOperation(VipsApi api, string name)
    {
        _api = api;
        _name = name;
        fixed (byte* text = Utf8(name))
            _handle = api.vips_operation_new(text);
        if (_handle == 0)
            throw VipsException.From(api, name);
    }

    public VipsOperation Set(string argument, VipsImage image)
    {
        var value = default(GValue);
        _ = _api.g_value_init(&value, _api.vips_image_get_type());
        _api.g_value_set_object(&value, image.Handle);
        return Set(argument, &value);
    }

    /// <summary>Bytes that stay pinned until the result is computed.</summary>
    public VipsOperation Set(string argument, byte* bytes, int length)
    {
        var blob = _api.vips_blob_new(0, bytes, (nuint)length);
        var value = default(GValue);
        _ = _api.g_value_init(&value, _api.vips_blob_get_type());
        _api.g_value_set_boxed(&value, blob);
        _api.vips_area_unref(blob);
        return Set(argument, &value);
    }

    public VipsOperation Set(string argument, double value) => Set(argument, value.ToString("R", CultureInfo.InvariantCulture));

    public VipsOperation Set(string argument, int value) => Set(argument, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, the nickname of an enumeration's value, or numbers separated by spaces.</summary>
    public VipsOperation Set(string argument, string value)
    {
        fixed (byte* name = Utf8(argument))
        fixed (byte* text = Utf8(value))
        {
            if (_api.vips_object_set_argument_from_string(_handle, name, text) != 0)
                throw Misused(argument);
        }

        return this;
    }

    /// <summary>Runs the operation; an image is only read as far as its header yet.</summary>
    /// <exception cref="VipsException">The input is damaged or does not fit.</exception>
    public VipsImage Image(string output = "out")
    {
        Build();
        var value = default(GValue);
        _ = _api.g_value_init(&value, _api.vips_image_get_type());
        Get(output, &value);
        var image = _api.g_value_dup_object(&value);
        _api.g_value_unset(&value);
        return new VipsImage(_api, image);
    }

    /// <summary>Runs the operation and copies the bytes it made.</summary>
    public byte[] Bytes(string output = "buffer")
    {
        Build();
        var value = default(GValue);
        _ = _api.g_value_init(&value, _api.vips_blob_get_type());
        Get(output, &value);
        nuint length;
        var bytes = _api.vips_blob_get(_api.g_value_get_boxed(&value), &length);
        var copy = new ReadOnlySpan<byte>(bytes, checked((int)length)).ToArray();
        _api.g_value_unset(&value);
        return copy;
    }

    public void Dispose()
    {
        _api.vips_object_unref_outputs(_handle);
        _api.g_object_unref(_handle);
    }

    private void Build()
    {
        var built = _api.vips_cache_operation_build(_handle);
        if (built == 0)
            throw VipsException.From(_api, _name);

        _api.g_object_unref(_handle);
        _handle = built;
    }

    private VipsOperation Set(string argument, GValue* value)
    {
        fixed (byte* name = Utf8(argument))
        {
            // GObject only logs a wrong name and goes on without the argument.
            nint specification, owner, instance;
            if (_api.vips_object_get_argument(_handle, name, &specification, &owner, &instance) != 0)
                throw Misused(argument);

            _api.g_object_set_property(_handle, name, value);
        }

        _api.g_value_unset(value);
        return this;
    }

    private void Get(string output, GValue* value)
    {
        fixed (byte* name = Utf8(output))
            _api.g_object_get_property(_handle, name, value);
    }

    private InvalidOperationException Misused(string argument) =>
        new($"libvips' {_name} does not take '{argument}' like this: {VipsException.TakeMessage(_api)}");

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
