using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Imaging.Heif;

/// <summary>The calls of libheif 1.x that are needed. Called only in a process of their own.</summary>
internal static unsafe partial class HeifLibrary
{
    public const int Hevc = 1;
    public const int Rgb = 1;
    public const int Interleaved = 10;

    private const string Name = "libheif.so.1";

    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Error
    {
        public readonly int Code;
        public readonly int Subcode;
        public readonly byte* Message;
    }

    [LibraryImport(Name, EntryPoint = "heif_get_version")]
    public static partial byte* Version();

    [LibraryImport(Name, EntryPoint = "heif_have_decoder_for_format")]
    public static partial int HasDecoder(int format);

    [LibraryImport(Name, EntryPoint = "heif_context_alloc")]
    public static partial nint NewContext();

    [LibraryImport(Name, EntryPoint = "heif_context_read_from_memory_without_copy")]
    public static partial Error Read(nint context, byte* file, nuint bytes, nint options);

    [LibraryImport(Name, EntryPoint = "heif_context_get_primary_image_handle")]
    public static partial Error Primary(nint context, out nint handle);

    [LibraryImport(Name, EntryPoint = "heif_image_handle_get_width")]
    public static partial int Width(nint handle);

    [LibraryImport(Name, EntryPoint = "heif_image_handle_get_height")]
    public static partial int Height(nint handle);

    [LibraryImport(Name, EntryPoint = "heif_decoding_options_alloc")]
    public static partial byte* NewOptions();

    [LibraryImport(Name, EntryPoint = "heif_decode_image")]
    public static partial Error Decode(nint handle, out nint image, int colours, int chroma, byte* options);

    [LibraryImport(Name, EntryPoint = "heif_image_get_width")]
    public static partial int WidthOf(nint image, int channel);

    [LibraryImport(Name, EntryPoint = "heif_image_get_height")]
    public static partial int HeightOf(nint image, int channel);

    [LibraryImport(Name, EntryPoint = "heif_image_get_plane_readonly")]
    public static partial byte* Plane(nint image, int channel, out int stride);

    [LibraryImport(Name, EntryPoint = "heif_image_handle_get_raw_color_profile_size")]
    public static partial nuint ProfileBytes(nint handle);

    [LibraryImport(Name, EntryPoint = "heif_image_handle_get_raw_color_profile")]
    public static partial Error Profile(nint handle, byte* into);

    [LibraryImport(Name, EntryPoint = "heif_image_handle_get_list_of_metadata_block_IDs", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Metadata(nint handle, string kind, out uint id, int most);

    [LibraryImport(Name, EntryPoint = "heif_image_handle_get_metadata_size")]
    public static partial nuint MetadataBytes(nint handle, uint id);

    [LibraryImport(Name, EntryPoint = "heif_image_handle_get_metadata")]
    public static partial Error Metadata(nint handle, uint id, byte* into);
}
