using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Imaging.Drawing;

namespace Atmosphere.Bot.Tests.Imaging;

public class LetteringTests
{
    private const string NoLetter = "\uE000";
    private readonly PhotoDecoder _loaded = new(new ImagingOptions());

    [Theory]
    [InlineData("1")]
    [InlineData("Zoë")]
    [InlineData("מאיה")]
    [InlineData("<b> & \"")]
    public void Every_letter_of_a_name_has_a_shape_of_its_own(string text)
    {
        Assert.NotEmpty(_loaded.LibraryVersion);
        var missing = Ink(NoLetter);

        foreach (var letter in text.Where(letter => letter != ' '))
            Assert.NotEqual(missing, Ink($"{letter}"));
    }

    [Fact]
    public void Hebrew_runs_from_right_to_left()
    {
        using var name = Lettering.Mask("שי", 40);
        using var first = Lettering.Mask("ש", 40);
        using var last = name.Crop(name.Width - first.Width, 0, first.Width, first.Height);

        Assert.Equal(first.WriteToMemory<byte>(), last.WriteToMemory<byte>());
    }

    [Fact]
    public void A_digit_is_as_high_as_asked()
    {
        using var digit = Lettering.Mask("1", 40);

        Assert.InRange(digit.Height, 38, 42);
    }

    private static string Ink(string text)
    {
        using var mask = Lettering.Mask(text, 40);
        return $"{mask.Width} x {mask.Height} {Convert.ToHexString(mask.WriteToMemory<byte>())}";
    }
}
