# Writes the table of suites of one room from the names of its test files.
BEGIN { print "#include <check.h>\n#include <stdlib.h>\n" }
NF { sub(/_test\.c$/, ""); name[++n] = $0; print "Suite *" $0 "_suite(void);" }
END {
    print "\nint main(void);\n\nint\nmain(void)\n{\n    SRunner *r = srunner_create(NULL);\n    int failed;\n"
    for (i = 1; i <= n; i++) print "    srunner_add_suite(r, " name[i] "_suite());"
    print "    srunner_run_all(r, CK_ENV);\n    failed = srunner_ntests_failed(r);\n    srunner_free(r);\n    return failed ? EXIT_FAILURE : EXIT_SUCCESS;\n}"
}
