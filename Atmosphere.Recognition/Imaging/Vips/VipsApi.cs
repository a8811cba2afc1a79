using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Imaging.Vips;

/// <summary>The functions of libvips and GObject that are called here, by their C names. None of them takes variable arguments.</summary>
internal sealed unsafe class VipsApi
{
    public readonly delegate* unmanaged<byte*, int> vips_init;
    public readonly delegate* unmanaged<byte*> vips_version_string;
    public readonly delegate* unmanaged<int, void> vips_concurrency_set;
    public readonly delegate* unmanaged<int, void> vips_cache_set_max;
    public readonly delegate* unmanaged<int, void> vips_block_untrusted_set;
    public readonly delegate* unmanaged<byte*> vips_error_buffer_copy;
    public readonly delegate* unmanaged<void> vips_error_clear;

    public readonly delegate* unmanaged<byte*, nint> vips_operation_new;
    public readonly delegate* unmanaged<nint, nint> vips_cache_operation_build;
    public readonly delegate* unmanaged<nint, void> vips_object_unref_outputs;
    public readonly delegate* unmanaged<nint, byte*, byte*, int> vips_object_set_argument_from_string;
    public readonly delegate* unmanaged<nint, byte*, nint*, nint*, nint*, int> vips_object_get_argument;

    public readonly delegate* unmanaged<void*, nuint, int, int, int, int, nint> vips_image_new_from_memory;
    public readonly delegate* unmanaged<nint, nint, int> vips_image_write;
    public readonly delegate* unmanaged<nint, int> vips_image_get_width;
    public readonly delegate* unmanaged<nint, int> vips_image_get_height;
    public readonly delegate* unmanaged<nint, int> vips_image_get_bands;
    public readonly delegate* unmanaged<nint, int> vips_image_get_format;
    public readonly delegate* unmanaged<nint, int> vips_image_get_interpretation;
    public readonly delegate* unmanaged<nint, int> vips_image_get_orientation;
    public readonly delegate* unmanaged<nint, int> vips_image_hasalpha;
    public readonly delegate* unmanaged<nint, byte*, int, void> vips_image_set_int;
    public readonly delegate* unmanaged<nint, byte*, nuint> vips_image_get_typeof;
    public readonly delegate* unmanaged<nint, byte*, byte**, int> vips_image_get_as_string;
    public readonly delegate* unmanaged<nuint> vips_image_get_type;

    public readonly delegate* unmanaged<nint, void*, nuint, nint> vips_blob_new;
    public readonly delegate* unmanaged<nint, nuint*, byte*> vips_blob_get;
    public readonly delegate* unmanaged<nuint> vips_blob_get_type;
    public readonly delegate* unmanaged<nint, void> vips_area_unref;

    public readonly delegate* unmanaged<GValue*, nuint, GValue*> g_value_init;
    public readonly delegate* unmanaged<GValue*, void> g_value_unset;
    public readonly delegate* unmanaged<GValue*, nint, void> g_value_set_object;
    public readonly delegate* unmanaged<GValue*, nint> g_value_dup_object;
    public readonly delegate* unmanaged<GValue*, nint, void> g_value_set_boxed;
    public readonly delegate* unmanaged<GValue*, nint> g_value_get_boxed;
    public readonly delegate* unmanaged<nint, byte*, GValue*, void> g_object_set_property;
    public readonly delegate* unmanaged<nint, byte*, GValue*, void> g_object_get_property;
    public readonly delegate* unmanaged<nint, void> g_object_unref;
    public readonly delegate* unmanaged<void*, void> g_free;
    public readonly delegate* unmanaged<delegate* unmanaged<byte*, int, byte*, nint, void>, nint, nint> g_log_set_default_handler;

    public VipsApi(nint library)
    {
        nint Export(string name) => NativeLibrary.GetExport(library, name);

        vips_init = (delegate* unmanaged<byte*, int>)Export(nameof(vips_init));
        vips_version_string = (delegate* unmanaged<byte*>)Export(nameof(vips_version_string));
        vips_concurrency_set = (delegate* unmanaged<int, void>)Export(nameof(vips_concurrency_set));
        vips_cache_set_max = (delegate* unmanaged<int, void>)Export(nameof(vips_cache_set_max));
        vips_block_untrusted_set = (delegate* unmanaged<int, void>)Export(nameof(vips_block_untrusted_set));
        vips_error_buffer_copy = (delegate* unmanaged<byte*>)Export(nameof(vips_error_buffer_copy));
        vips_error_clear = (delegate* unmanaged<void>)Export(nameof(vips_error_clear));
        vips_operation_new = (delegate* unmanaged<byte*, nint>)Export(nameof(vips_operation_new));
        vips_cache_operation_build = (delegate* unmanaged<nint, nint>)Export(nameof(vips_cache_operation_build));
        vips_object_unref_outputs = (delegate* unmanaged<nint, void>)Export(nameof(vips_object_unref_outputs));
        vips_object_set_argument_from_string =
            (delegate* unmanaged<nint, byte*, byte*, int>)Export(nameof(vips_object_set_argument_from_string));
        vips_object_get_argument = (delegate* unmanaged<nint, byte*, nint*, nint*, nint*, int>)Export(nameof(vips_object_get_argument));
        vips_image_new_from_memory =
            (delegate* unmanaged<void*, nuint, int, int, int, int, nint>)Export(nameof(vips_image_new_from_memory));
        vips_image_write = (delegate* unmanaged<nint, nint, int>)Export(nameof(vips_image_write));
        vips_image_get_width = (delegate* unmanaged<nint, int>)Export(nameof(vips_image_get_width));
        vips_image_get_height = (delegate* unmanaged<nint, int>)Export(nameof(vips_image_get_height));
        vips_image_get_bands = (delegate* unmanaged<nint, int>)Export(nameof(vips_image_get_bands));
        vips_image_get_format = (delegate* unmanaged<nint, int>)Export(nameof(vips_image_get_format));
        vips_image_get_interpretation = (delegate* unmanaged<nint, int>)Export(nameof(vips_image_get_interpretation));
        vips_image_get_orientation = (delegate* unmanaged<nint, int>)Export(nameof(vips_image_get_orientation));
        vips_image_hasalpha = (delegate* unmanaged<nint, int>)Export(nameof(vips_image_hasalpha));
        vips_image_set_int = (delegate* unmanaged<nint, byte*, int, void>)Export(nameof(vips_image_set_int));
        vips_image_get_typeof = (delegate* unmanaged<nint, byte*, nuint>)Export(nameof(vips_image_get_typeof));
        vips_image_get_as_string = (delegate* unmanaged<nint, byte*, byte**, int>)Export(nameof(vips_image_get_as_string));
        vips_image_get_type = (delegate* unmanaged<nuint>)Export(nameof(vips_image_get_type));
        vips_blob_new = (delegate* unmanaged<nint, void*, nuint, nint>)Export(nameof(vips_blob_new));
        vips_blob_get = (delegate* unmanaged<nint, nuint*, byte*>)Export(nameof(vips_blob_get));
        vips_blob_get_type = (delegate* unmanaged<nuint>)Export(nameof(vips_blob_get_type));
        vips_area_unref = (delegate* unmanaged<nint, void>)Export(nameof(vips_area_unref));
        g_value_init = (delegate* unmanaged<GValue*, nuint, GValue*>)Export(nameof(g_value_init));
        g_value_unset = (delegate* unmanaged<GValue*, void>)Export(nameof(g_value_unset));
        g_value_set_object = (delegate* unmanaged<GValue*, nint, void>)Export(nameof(g_value_set_object));
        g_value_dup_object = (delegate* unmanaged<GValue*, nint>)Export(nameof(g_value_dup_object));
        g_value_set_boxed = (delegate* unmanaged<GValue*, nint, void>)Export(nameof(g_value_set_boxed));
        g_value_get_boxed = (delegate* unmanaged<GValue*, nint>)Export(nameof(g_value_get_boxed));
        g_object_set_property = (delegate* unmanaged<nint, byte*, GValue*, void>)Export(nameof(g_object_set_property));
        g_object_get_property = (delegate* unmanaged<nint, byte*, GValue*, void>)Export(nameof(g_object_get_property));
        g_object_unref = (delegate* unmanaged<nint, void>)Export(nameof(g_object_unref));
        g_free = (delegate* unmanaged<void*, void>)Export(nameof(g_free));
        g_log_set_default_handler =
            (delegate* unmanaged<delegate* unmanaged<byte*, int, byte*, nint, void>, nint, nint>)Export(nameof(g_log_set_default_handler));
    }
}

/// <summary>GObject's box for a value of any type; its layout is part of GObject's binary interface.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    public nuint Type;
    public long Data0;
    public long Data1;
}
