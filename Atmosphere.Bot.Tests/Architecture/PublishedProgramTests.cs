using System.Diagnostics;
using System.Text.Json;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>What `dotnet publish` gives away: only what is needed, with the licence of everything in it.</summary>
public sealed class PublishedProgramTests : IDisposable
{
    private const long MostBytes = 150_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-published-").FullName;

    [Fact]
    public async Task A_published_program_is_small_and_names_the_licence_of_every_package_in_it()
    {
        await PublishAsync();

        Assert.InRange(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), 1, MostBytes);
        var notices = await File.ReadAllTextAsync(Path.Combine(_folder, "THIRD-PARTY-NOTICES.txt"));
        var shipped = ShippedPackages();
        Assert.NotEmpty(shipped);
        Assert.All(shipped, package => Assert.Contains($"\n{package.Name} {package.Version}\n  Licence: ", notices, StringComparison.OrdinalIgnoreCase));
        foreach (var other in new[] { $"face-api {FaceApiVersion()}\n", "Heebo", "GNU LESSER GENERAL PUBLIC LICENSE", "SIL OPEN FONT LICENSE", "Apache License", "libheif", "SQLite" })
            Assert.Contains(other, notices, StringComparison.Ordinal);

        using var bom = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "bom.json")));
        var components = bom.RootElement.GetProperty("components").EnumerateArray()
            .ToDictionary(component => component.GetProperty("purl").GetString()!, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("CycloneDX", bom.RootElement.GetProperty("bomFormat").GetString());
        Assert.All(shipped, package => Assert.True(components.ContainsKey($"pkg:nuget/{package.Name}@{package.Version}"), package.Name));
        Assert.All(components.Values, component => Assert.NotEqual(0, component.GetProperty("licenses").GetArrayLength()));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Publishes the build that these tests run on.</summary>
    private async Task PublishAsync()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = SourceFile.Root, RedirectStandardOutput = true };
        foreach (var argument in new[] { "publish", "Atmosphere.Bot", "--no-build", "-c", configuration, "--nologo", "-v", "q", "-o", _folder })
            start.ArgumentList.Add(argument);
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output);
    }

    private static string FaceApiVersion()
    {
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceFile.Root, "package.json")));
        return package.RootElement.GetProperty("dependencies").GetProperty("@vladmandic/face-api").GetString()!;
    }

    /// <summary>Packages of which at least one file is shipped, by the program's own list.</summary>
    private List<(string Name, string Version)> ShippedPackages()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "Atmosphere.Bot.deps.json")));
        return [.. list.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("native", out _))
            .Where(library => !library.Name.StartsWith("Atmosphere.", StringComparison.Ordinal))
            .Select(library => library.Name.Split('/')).Select(parts => (parts[0], parts[1]))];
    }
}
