using System.Reflection;
using Ptycho.ApiReference;

if (args is not [var folder])
{
    Console.Error.WriteLine("usage: ApiReference FOLDER");
    return 2;
}
var types = ReferencePages.Write(PublicApi.Libraries.Select(Assembly.Load), folder);
Console.WriteLine($"{types} types described in {folder}");
return 0;
