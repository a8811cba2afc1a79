using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

internal static class Difference
{
    /// <summary>Mean difference of a channel, 0..255.</summary>
    public static double Mean(Pixels one, Pixels other)
    {
        Assert.Equal((one.Width, one.Height), (other.Width, other.Height));
        return one.Rgb.Zip(other.Rgb, (a, b) => Math.Abs(a - b)).Average();
    }
}
