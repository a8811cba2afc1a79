using Atmosphere.Recognition.Imaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Imaging;

public class ImagingServicesTests
{
    [Fact]
    public void Without_any_setting_photos_can_be_read()
    {
        using var services = Services([]);

        Assert.Matches(@"^8\.\d+\.\d+", services.GetRequiredService<PhotoDecoder>().LibraryVersion);
        _ = services.GetRequiredService<PhotoEncoder>();
    }

    [Theory]
    [InlineData("MaxMegapixels", "0", "Atmosphere:Imaging:MaxMegapixels is 0; use 1 to 500 (million pixels; the default is 100).")]
    [InlineData("MaxBytes", "12", "Atmosphere:Imaging:MaxBytes is 12; use 1024 to 1073741824 (bytes; the default is 26214400).")]
    public void A_bad_setting_stops_the_start_with_the_key_the_value_and_the_remedy(string key, string value, string sentence)
    {
        using var services = Services(new() { [$"Atmosphere:Imaging:{key}"] = value });

        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(sentence, error.Message);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddImaging()
        .BuildServiceProvider();
}
