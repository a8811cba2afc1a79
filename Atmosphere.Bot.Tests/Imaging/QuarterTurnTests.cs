using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

public sealed class QuarterTurnTests
{
    private static readonly Pixels _drawn = DrawnPhotos.Draw(70, 45, (x, y) => ((byte)x, (byte)y, (byte)(x + y)));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(44, 0, 1)]
    [InlineData(69, 44, 2)]
    [InlineData(0, 69, 3)]
    public void The_first_pixel_goes_to_the_next_corner_clockwise(int x, int y, int quarters)
    {
        var turned = _drawn.Turned(new QuarterTurn(quarters));
        Assert.Equal(quarters % 2 == 0 ? (70, 45) : (45, 70), (turned.Width, turned.Height));
        Assert.Equal((0, 0, 0), At(turned, x, y));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pixels_points_and_boxes_turn_together_and_back(int quarters)
    {
        var turn = new QuarterTurn(quarters);
        var turned = _drawn.Turned(turn);
        var point = turn.Apply(new Point(20.5f, 30.5f), 70, 45);
        Assert.Equal((20, 30, 50), At(turned, (int)point.X, (int)point.Y));
        Assert.Equal(_drawn.Rgb, turned.Turned(turn.Back).Rgb);
        Assert.Equal(new Point(20.5f, 30.5f), turn.Back.Apply(point, turned.Width, turned.Height));
        var box = new Box(10, 20, 30, 5);
        Assert.Equal(box, turn.Back.Apply(turn.Apply(box, 70, 45), turned.Width, turned.Height));
        Assert.Equal(turn.Apply(box.Centre, 70, 45), turn.Apply(box, 70, 45).Centre);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(44, 0)]
    [InlineData(91, 1)]
    [InlineData(-91, 3)]
    [InlineData(180, 2)]
    [InlineData(-179, 2)]
    [InlineData(359, 0)]
    public void The_nearest_turn_is_chosen(float degrees, int quarters) => Assert.Equal(quarters, QuarterTurn.Nearest(degrees).Quarters);

    private static (int Red, int Green, int Blue) At(Pixels pixels, int x, int y)
    {
        var at = ((y * pixels.Width) + x) * 3;
        return (pixels.Rgb[at], pixels.Rgb[at + 1], pixels.Rgb[at + 2]);
    }
}
