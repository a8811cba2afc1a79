using FsCheck;
using FsCheck.Fluent;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>A file that arrived with other bytes here and there, or not whole.</summary>
internal static class DamagedBytes
{
    /// <param name="whole">The file.</param>
    /// <param name="changes">How many bytes may be others.</param>
    /// <param name="isCut">One of three ends too early.</param>
    public static Gen<byte[]> Of(byte[] whole, int changes, bool isCut) =>
        from count in Gen.Choose(1, changes)
        from places in Gen.Choose(0, whole.Length - 1).ArrayOf(count)
        from bytes in Gen.Choose(0, 255).ArrayOf(count)
        from length in Gen.Frequency((2, Gen.Constant(whole.Length)), (isCut ? 1 : 0, Gen.Choose(0, whole.Length - 1)))
        select Changed(whole, places, bytes)[..length];

    private static byte[] Changed(byte[] whole, int[] places, int[] bytes)
    {
        var changed = (byte[])whole.Clone();
        foreach (var (place, one) in places.Zip(bytes))
            changed[place] = (byte)one;
        return changed;
    }
}
